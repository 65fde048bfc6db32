package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Replies that are too large to be held. */
final class DownloadTest {

  private final GatewayFixture gateway = GatewayFixture.running();

  @Test
  void joinsThePartsToOneBody() throws Exception {
    Reply reply = gateway.post("/api/v1/exports", "{\"user_id\":\"small\"}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"parts\":[0,1,2]}");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void whatFailsBeforeTheFirstBytesIsAProblem() throws Exception {
    Reply reply = gateway.post("/api/v1/exports", "{\"user_id\":\"nobody\"}");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(gateway.post("/api/v1/exports", "{\"user_id\":\"fails-early\"}").status())
        .isEqualTo(503);
  }

  @Test
  void whatFailsLaterCutsTheConnection() {
    assertThatThrownBy(() -> gateway.post("/api/v1/exports", "{\"user_id\":\"fails-late\"}"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aReaderWhoLeavesEndsTheCall() throws Exception {
    AtomicBoolean left = gateway.services.exportCancelled;
    left.set(false);
    String body = "{\"user_id\":\"endless\"}";
    try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/exports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + GatewayFixture.ADMIN_KEY
                      + "\r\nContent-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(100_000)).hasSize(100_000);
    }
    Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
    while (!left.get()) {
      assertThat(Instant.now()).as("the service is told").isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void aWriteKeyDownloadsNothing() throws Exception {
    Reply reply =
        send(
            gateway
                .to("/api/v1/exports")
                .header("Authorization", "Bearer " + GatewayFixture.WRITE_KEY)
                .header("Content-Type", "application/json")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString("{\"user_id\":\"small\"}")));
    assertThat(reply.status()).isEqualTo(403);
  }
}
