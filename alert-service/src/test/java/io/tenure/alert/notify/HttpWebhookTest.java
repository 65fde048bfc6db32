package io.tenure.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.alert.WebhookServer;
import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Receiver;
import io.tenure.alert.domain.delivery.Parcel;
import io.tenure.alert.domain.delivery.Webhook;
import io.tenure.alert.domain.delivery.Webhook.Accepted;
import io.tenure.alert.domain.delivery.Webhook.Answer;
import io.tenure.alert.domain.delivery.Webhook.Refused;
import io.tenure.alert.domain.delivery.Webhook.Unreachable;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class HttpWebhookTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final Parcel PARCEL =
      new Parcel(new ProjectId("bank"), "fading", "batch", "hook", 0);
  private static final List<Alert> ALERTS =
      List.of(new Alert("a1", "fading", 7, "ann", NOW, "The user did not do Login."));

  private final HttpWebhook webhook =
      new HttpWebhook(
          new NetworkGuard(true), Duration.ofSeconds(1), Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void close() throws IOException {
    webhook.close();
  }

  @Test
  void postsSignedJson() throws IOException {
    try (WebhookServer server = new WebhookServer(n -> 204)) {
      assertThat(send(server.url())).isEqualTo(new Accepted(204));

      WebhookServer.Request request = server.requests().getFirst();
      byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
      assertThat(request.idempotencyKey()).isEqualTo(PARCEL.id(ALERTS));
      assertThat(request.signature())
          .startsWith("t=1781524800,v1=")
          .isEqualTo(Signature.header("a-secret-of-16-letters", NOW, body));
      JsonNode json = Json.read(request.body());
      assertThat(json.get("rule_id").asString()).isEqualTo("fading");
      assertThat(json.get("alerts").get(0).get("login_id").asString()).isEqualTo("ann");
    }
  }

  /** The value was made with: printf '1781524800.{}' | openssl dgst -sha256 -hmac key. */
  @Test
  void signsTimeDotBody() {
    assertThat(Signature.header("key", NOW, "{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "t=1781524800,v1=0a3e3e3576b2f3795bf88ba3619c81ae38b758c95f215ac61f5b85b1bc5a205f");
  }

  @Test
  void sendsTheSameIdAgain() throws IOException {
    try (WebhookServer server = new WebhookServer(n -> n == 1 ? 500 : 200)) {
      assertThat(send(server.url())).isEqualTo(new Refused(500));
      assertThat(send(server.url())).isEqualTo(new Accepted(200));

      assertThat(server.requests().stream().map(WebhookServer.Request::idempotencyKey).distinct())
          .hasSize(1);
    }
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (WebhookServer server = new WebhookServer(n -> 302)) {
      assertThat(send(server.url())).isEqualTo(new Refused(302));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void givesUpOnAReceiverThatDripsItsAnswer() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> drip(server));
      long start = System.nanoTime();

      Answer answer = send("http://127.0.0.1:" + server.getLocalPort() + "/hook");

      assertThat(answer).isEqualTo(new Unreachable("No answer within 1 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(send("http://127.0.0.1:" + port + "/hook"))
        .isEqualTo(new Unreachable("The connection was refused"));
  }

  @Test
  void sendsNothingToAForbiddenAddress() throws IOException {
    try (WebhookServer server = new WebhookServer(n -> 200);
        HttpWebhook strict =
            new HttpWebhook(new NetworkGuard(false), Duration.ofSeconds(1), Clock.systemUTC())) {
      assertThat(send(strict, server.url())).isInstanceOf(Unreachable.class);
      assertThat(send(strict, server.url().replace("http:", "https:")))
          .isEqualTo(new Unreachable("The address must not lead into a private network"));
      assertThat(server.requests()).isEmpty();
    }
  }

  private Answer send(String url) {
    return send(webhook, url);
  }

  private static Answer send(Webhook webhook, String url) {
    return webhook.send(
        new Receiver("hook", "Hook", url, "a-secret-of-16-letters", false), PARCEL, ALERTS);
  }

  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 100; i++) {
        out.write("X-Drip: drop\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Thread.sleep(100);
      }
    } catch (IOException closed) {
      // The client went away, as it should.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
