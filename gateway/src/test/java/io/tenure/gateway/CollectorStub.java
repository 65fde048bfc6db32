package io.tenure.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A collector that answers as told and remembers what it got. */
final class CollectorStub implements AutoCloseable {

  private volatile HttpServer server;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private volatile int status = 200;

  record Received(String method, String uri, Headers headers, byte[] body) {}

  CollectorStub() {
    server = open(0);
  }

  private HttpServer open(int port) {
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      opened.createContext("/", this::answer);
      opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      opened.start();
      return opened;
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** Stops answering until the returned thing is closed. */
  AutoCloseable outage() {
    int port = port();
    server.stop(0);
    return () -> server = open(port);
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void answer(int next) {
    status = next;
  }

  Received take() throws InterruptedException {
    Received request = received.poll(10, java.util.concurrent.TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("The collector got nothing");
    }
    return request;
  }

  boolean gotNothing() {
    return received.isEmpty();
  }

  void forget() {
    received.clear();
    status = 200;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().startsWith("/actuator")) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body));
      if (exchange.getRequestURI().getPath().startsWith("/sa")) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      byte[] reply = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
