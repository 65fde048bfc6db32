package io.tenure.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Stands between a client and the gateway like a bad network: passes requests on and remembers
 * them, and on demand refuses one, or lets it through and loses the reply.
 */
final class LossyDoor implements AutoCloseable {

  private static final Set<String> NOT_FORWARDED =
      Set.of("host", "connection", "content-length", "expect", "upgrade");

  /** What happens to one request. */
  enum Mood {
    /** 503 without the request going on. */
    REFUSE,
    /** 429 with {@code Retry-After: 2} without the request going on. */
    SLOW_DOWN,
    /** The request is answered by the platform, and the client never hears of it. */
    LOSE_REPLY
  }

  /** A request that came by. */
  record Seen(String method, URI target, String body, int peerPort, int status) {}

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final URI gateway;
  private final HttpServer server;

  LossyDoor(URI gateway, Mood... moods) throws IOException {
    this.gateway = gateway;
    this.moods.addAll(List.of(moods));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** The address clients use instead of the gateway's. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  String url(String path) {
    return address().resolve(path).toString();
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Mood mood = moods.poll();
    if (mood == Mood.REFUSE || mood == Mood.SLOW_DOWN) {
      int status = mood == Mood.REFUSE ? 503 : 429;
      exchange.getResponseHeaders().set("Retry-After", "2");
      remember(exchange, body, status);
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    HttpResponse<byte[]> reply = forward(exchange, body);
    remember(exchange, body, mood == Mood.LOSE_REPLY ? 0 : reply.statusCode());
    if (mood == Mood.LOSE_REPLY) {
      // Without a status line the client sees its connection end.
      exchange.close();
      return;
    }
    reply
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.equals("content-length") && !name.equals("transfer-encoding")) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    int length = reply.body().length;
    exchange.sendResponseHeaders(reply.statusCode(), length == 0 ? -1 : length);
    exchange.getResponseBody().write(reply.body());
    exchange.close();
  }

  private void remember(HttpExchange exchange, byte[] body, int status) {
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            new String(body, StandardCharsets.ISO_8859_1),
            exchange.getRemoteAddress().getPort(),
            status));
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
