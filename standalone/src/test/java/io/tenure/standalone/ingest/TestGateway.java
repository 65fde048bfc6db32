package io.tenure.standalone.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tenure.platform.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The two ingest endpoints over real HTTP, keeping what they receive. */
public final class TestGateway implements AutoCloseable {

  /** The only key it knows. */
  public static final String KEY = "write-key";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<JsonNode> segment = new ArrayList<>();
  private final List<JsonNode> sensors = new ArrayList<>();
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

  public TestGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    server.createContext("/v1/batch", this::takeSegment);
    server.createContext("/sa", this::takeSensors);
    server.setExecutor(threads);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next requests with these statuses and takes nothing from them. */
  public void answerFirst(int... answers) {
    for (int status : answers) {
      statuses.add(status);
    }
  }

  public synchronized List<JsonNode> segment() {
    return List.copyOf(segment);
  }

  public synchronized List<JsonNode> sensors() {
    return List.copyOf(sensors);
  }

  private void takeSegment(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String credential =
        Base64.getEncoder().encodeToString((KEY + ":").getBytes(StandardCharsets.UTF_8));
    if (!("Basic " + credential).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "wrong key");
      return;
    }
    if (failed(exchange)) {
      return;
    }
    JsonNode batch = Json.read(gunzip(body)).get("batch");
    synchronized (this) {
      batch.forEach(segment::add);
    }
    answer(exchange, 200, "{\"success\":true}");
  }

  private void takeSensors(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!exchange.getRequestURI().getQuery().endsWith("token=" + KEY)) {
      answer(exchange, 401, "wrong key");
      return;
    }
    if (failed(exchange)) {
      return;
    }
    for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      if (field.startsWith("data_list=")) {
        String list = URLDecoder.decode(field.substring(10), StandardCharsets.UTF_8);
        JsonNode records;
        try {
          records = Json.read(gunzip(Base64.getDecoder().decode(list)));
        } catch (JacksonException malformed) {
          answer(exchange, 400, "not JSON");
          return;
        }
        synchronized (this) {
          records.forEach(sensors::add);
        }
      }
    }
    answer(exchange, 200, "");
  }

  private boolean failed(HttpExchange exchange) throws IOException {
    @Nullable Integer status = statuses.poll();
    if (status == null) {
      return false;
    }
    answer(exchange, status, "");
    return true;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String gunzip(byte[] bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
