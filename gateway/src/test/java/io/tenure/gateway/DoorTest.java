package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.ADMIN_KEY;
import static io.tenure.gateway.GatewayFixture.SLOW_KEY;
import static io.tenure.gateway.GatewayFixture.WRITE_KEY;
import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the door does besides letting events in: settings for SDKs, limits, slow senders. */
final class DoorTest {

  private final GatewayFixture gateway = GatewayFixture.running();
  private final CollectorStub collector = gateway.collector;

  @BeforeEach
  void forget() {
    collector.forget();
  }

  @Test
  void tellsTheBrowserSdkWhereToSend() throws Exception {
    Reply reply =
        send(
            gateway
                .to("/v1/projects/" + WRITE_KEY + "/settings")
                .header("Origin", "https://shop.example")
                .GET());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
    JsonNode segment = reply.json().path("integrations").path("Segment.io");
    assertThat(segment.path("apiKey").stringValue()).isEqualTo(WRITE_KEY);
    assertThat(segment.path("apiHost").stringValue())
        .isEqualTo("127.0.0.1:" + gateway.port() + "/v1");
    assertThat(segment.path("protocol").stringValue()).isEqualTo("http");
    assertThat(reply.json().path("metrics").path("sampleRate").intValue(-1)).isZero();
    assertThat(send(gateway.to("/v1/projects/wk_wrong/settings").GET()).status()).isEqualTo(401);
    assertThat(send(gateway.to("/v1/projects/" + ADMIN_KEY + "/settings").GET()).status())
        .isEqualTo(401);
  }

  @Test
  void tellsRuddersSdkItsSource() throws Exception {
    for (String path : List.of("/sourceConfig", "/sourceConfig/?p=web&v=3")) {
      Reply reply =
          send(gateway.to(path).header("Authorization", IngestTest.basic(WRITE_KEY)).GET());
      assertThat(reply.status()).isEqualTo(200);
      JsonNode source = reply.json().path("source");
      assertThat(source.path("id").stringValue()).startsWith("key-");
      assertThat(source.path("config").isObject()).isTrue();
      assertThat(source.path("destinations").isArray()).isTrue();
    }
    assertThat(send(gateway.to("/sourceConfig/").GET()).status()).isEqualTo(401);
  }

  @Test
  void forwardsTheShortPathsOfTheBrowserSdk() throws Exception {
    String body = "{\"writeKey\":\"" + WRITE_KEY + "\"}";
    for (String path : List.of("b", "i", "t", "p", "s", "g", "a", "t/")) {
      Reply reply =
          send(
              gateway
                  .to("/v1/" + path)
                  .header("Content-Type", "text/plain")
                  .header("Authorization", "Bearer oauth")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(collector.take().uri()).isEqualTo("/v1/" + path);
    }
    String beacon = "/beacon/v1/batch?writeKey=" + WRITE_KEY;
    assertThat(send(gateway.to(beacon).POST(BodyPublishers.ofString("{}"))).status())
        .isEqualTo(200);
  }

  @Test
  void answersAKeyThatSendsTooMuchAsItsSdkUnderstands() throws Exception {
    String sensors = "/sa?token=" + SLOW_KEY;
    String segment = "/v1/batch?writeKey=" + SLOW_KEY;
    assertThat(send(gateway.to(sensors).POST(BodyPublishers.ofString("data=x"))).status())
        .isEqualTo(200);

    Reply phone = send(gateway.to(sensors).POST(BodyPublishers.ofString("data=x")));
    Reply server = send(gateway.to(segment).POST(BodyPublishers.ofString("{}")));
    Reply own =
        send(
            gateway
                .to("/api/v1/events:batch")
                .header("Authorization", "Bearer " + SLOW_KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    Reply abTest =
        send(
            gateway
                .to("/api/v2/abtest/online/results?project-key=" + SLOW_KEY)
                .POST(BodyPublishers.ofString("{}")));

    assertThat(phone.status()).isEqualTo(503);
    assertThat(server.status()).isEqualTo(429);
    assertThat(own.status()).isEqualTo(429);
    assertThat(abTest.status()).isEqualTo(429);
    assertThat(abTest.json().path("status").stringValue()).isEqualTo("FAILED");
    for (Reply reply : List.of(phone, server, own, abTest)) {
      assertThat(Integer.parseInt(reply.header("Retry-After"))).isGreaterThan(3000);
    }
    assertThat(send(gateway.to("/sa?token=" + WRITE_KEY).POST(BodyPublishers.ofString("d"))))
        .satisfies(other -> assertThat(other.status()).isEqualTo(200));
  }

  @Test
  void endsAHeaderThatDripsForever() throws Exception {
    try (Socket socket = open("POST /sa?token=" + WRITE_KEY + " HTTP/1.1\r\nHost: a\r\nX: ")) {
      int sent = 0;
      try {
        while (sent < 600) {
          socket.getOutputStream().write('x');
          Thread.sleep(100);
          sent++;
        }
      } catch (IOException closed) {
        assertThat(sent).isPositive();
      }
      assertThat(sent).isLessThan(600);
    }
    assertThat(collector.gotNothing()).isTrue();
  }

  @Test
  void endsABodyThatStopsWith408AndCloses() throws Exception {
    String head = "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\ndata=";
    for (String path : List.of("/sa?token=" + WRITE_KEY, "/v1/batch")) {
      try (Socket socket = open(head.formatted(path))) {
        String reply = rest(socket);
        assertThat(reply).startsWith("HTTP/1.1 408 ").containsIgnoringCase("connection: close");
      }
    }
    assertThat(collector.gotNothing()).isTrue();
  }

  @Test
  void takesABodyThatIsSlowButArrives() throws Exception {
    String head =
        "POST /sa?token="
            + WRITE_KEY
            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + "Content-Length: 8\r\n\r\n";
    try (Socket socket = open(head)) {
      for (int i = 0; i < 8; i++) {
        Thread.sleep(500);
        socket.getOutputStream().write('x');
      }
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ");
    }
    assertThat(collector.take().body()).hasSize(8);
  }

  @Test
  void refusesALargeBodyBeforeItIsSent() throws Exception {
    String head =
        "POST /sa?token=%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n"
            + "Content-Length: %d\r\n\r\n";
    try (Socket socket = open(head.formatted(WRITE_KEY, (1 << 20) + 1))) {
      assertThat(line(socket)).startsWith("HTTP/1.1 413 ");
    }
    try (Socket socket = open(head.formatted(WRITE_KEY, 1 << 20))) {
      assertThat(line(socket)).startsWith("HTTP/1.1 100 ");
      socket.getOutputStream().write(new byte[1 << 20]);
      assertThat(rest(socket)).contains("HTTP/1.1 200 ");
    }
    assertThat(collector.take().body()).hasSize(1 << 20);
  }

  @Test
  void takesAHeaderOf64KilobytesAndNoMore() throws Exception {
    String query = "/sa.gif?token=" + WRITE_KEY + "&data=";
    assertThat(send(gateway.to(query + "x".repeat(64_000)).GET()).status()).isEqualTo(200);
    assertThat(send(gateway.to(query + "x".repeat(66_000)).GET()).status()).isIn(400, 414, 431);
  }

  private Socket open(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", gateway.port());
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c >= 0 && c != '\n'; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
