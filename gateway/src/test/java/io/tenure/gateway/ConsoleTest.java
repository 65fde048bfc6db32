package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ConsoleTest {

  private final GatewayFixture gateway = GatewayFixture.running();

  @Test
  void servesTheStartPageForEveryPageOfTheConsole() throws Exception {
    for (String path : new String[] {"/", "/index.html", "/segments/vips"}) {
      Reply reply = send(gateway.to(path).header("Accept", "text/html,*/*").GET());
      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(reply.header("Content-Type")).as(path).startsWith("text/html");
      assertThat(reply.header("Cache-Control")).as(path).isEqualTo("no-cache");
      assertThat(reply.header("Content-Security-Policy"))
          .contains("script-src 'self';")
          .contains("frame-ancestors 'none'");
    }
  }

  @Test
  void keepsHashedFilesInTheBrowserForEver() throws Exception {
    Reply reply = send(gateway.to("/assets/probe-1a2b3c.js").GET());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Cache-Control")).contains("immutable");
    assertThat(reply.header("Content-Type")).contains("javascript");
  }

  @Test
  void doesNotAnswerMissingFilesOrForeignPathsWithAPage() throws Exception {
    for (String path :
        new String[] {
          "/assets/missing.js",
          "/api/v1/nothing",
          "/missing.png",
          "/%2e%2e/gateway.yaml",
          "/console/"
        }) {
      Reply reply = send(gateway.to(path).header("Accept", "application/json").GET());
      assertThat(reply.status()).as(path).isIn(400, 404);
      assertThat(reply.header("Content-Type")).as(path).startsWith("application/problem+json");
    }
  }

  @Test
  void answersWhatTomcatRefusesWithAProblemToo() throws Exception {
    assertThat(raw("GET /api/v1/[x] HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json")
        .doesNotContain("<html");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
