package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.WRITE_KEY;
import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.gateway.CollectorStub.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IngestTest {

  private final GatewayFixture gateway = GatewayFixture.running();
  private final CollectorStub collector = gateway.collector;

  @BeforeEach
  void forget() {
    collector.forget();
  }

  static String basic(String user) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void forwardsASensorsFormByteForByte() throws Exception {
    String form = "crc=-12345&gzip=1&data_list=H4sI%2BAA%2F%3D%3D&b=2&a=1&a=1";
    Reply reply =
        send(
            gateway
                .to("/sa?project=default&x=%E4%B8%AD&token=" + WRITE_KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("Content-Length")).isEqualTo("0");
    Received received = collector.take();
    assertThat(received.uri()).isEqualTo("/sa?project=default&x=%E4%B8%AD&token=" + WRITE_KEY);
    assertThat(new String(received.body(), StandardCharsets.UTF_8)).isEqualTo(form);
    assertThat(received.headers().getFirst("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(received.headers().getFirst("Tenure-Project")).isEqualTo("bank");
    assertThat(received.headers().getFirst("Tenure-Subject")).startsWith("key:");
    assertThat(received.headers().getFirst("X-Forwarded-For")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/debug",
        "/bank/events/sa",
        "/bank/events/sa/",
        "/bank/events/sa.gif",
        "/bank/events/debug"
      })
  void servesDebuggingAndTheAppsOwnPaths(String path) throws Exception {
    Reply post =
        send(
            gateway
                .to(path + "?token=" + WRITE_KEY)
                .header("Dry-Run", "true")
                .POST(BodyPublishers.ofString("data=x")));
    assertThat(post.status()).isEqualTo(200);
    Received received = collector.take();
    assertThat(received.uri()).isEqualTo(path + "?token=" + WRITE_KEY);
    assertThat(received.headers().getFirst("Dry-Run")).isEqualTo("true");
    assertThat(send(gateway.to(path + "?data=x&token=" + WRITE_KEY).GET()).status()).isEqualTo(200);
    collector.take();

    Reply preflight =
        send(
            gateway
                .to(path)
                .header("Origin", "https://bank.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "dry-run")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://bank.example");
    assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Dry-Run");
    assertThat(send(gateway.to("/bank/sa?token=" + WRITE_KEY).POST(BodyPublishers.ofString("x"))))
        .extracting(Reply::status)
        .isNotEqualTo(200);
  }

  @Test
  void forwardsAnImageRequestWithAHugeQuery() throws Exception {
    String data = "a".repeat(60_000);
    Reply reply = send(gateway.to("/sa.gif?data=" + data + "&token=" + WRITE_KEY).GET());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(collector.take().uri()).contains(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/batch",
        "/v1/batch/",
        "/v1/import/",
        "/v1/identify",
        "/v1/track",
        "/v1/page",
        "/v1/screen",
        "/v1/group",
        "/v1/alias"
      })
  void forwardsSegmentCallsWithABasicUser(String path) throws Exception {
    Reply reply =
        send(
            gateway
                .to(path)
                .header("Authorization", basic(WRITE_KEY))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"batch\":[]}")));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"success\":true}");
    Received received = collector.take();
    assertThat(received.uri()).isEqualTo(path);
    assertThat(received.headers().containsKey("Authorization")).isFalse();
  }

  @Test
  void findsTheKeyInTheBodyWhereSegmentJavaPutsIt() throws Exception {
    String body =
        "{\"batch\":[{\"writeKey\":\"no\",\"x\":{\"y\":[1]}}],\"sequence\":1,\"writeKey\":\""
            + WRITE_KEY
            + "\"}";
    Reply reply =
        send(
            gateway
                .to("/v1/import/")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(new String(collector.take().body(), StandardCharsets.UTF_8)).isEqualTo(body);
  }

  @Test
  void findsTheKeyInACompressedBodyAndForwardsItCompressed() throws Exception {
    byte[] body = gzip("{\"batch\":[],\"writeKey\":\"" + WRITE_KEY + "\"}");
    Reply reply =
        send(
            gateway
                .to("/v1/batch")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(reply.status()).isEqualTo(200);
    Received received = collector.take();
    assertThat(received.body()).isEqualTo(body);
    assertThat(received.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
  }

  @Test
  void refusesWrongMissingAndForeignKeys() throws Exception {
    HttpRequest.Builder[] requests = {
      gateway.to("/sa").POST(BodyPublishers.ofString("data=x")),
      gateway.to("/sa?token=wk_wrong").POST(BodyPublishers.ofString("data=x")),
      gateway.to("/sa?token=wk_wrong").GET(),
      gateway.to("/v1/batch").POST(BodyPublishers.ofString("{\"batch\":[]}")),
      gateway.to("/v1/batch").POST(BodyPublishers.ofString("{\"writeKey\":\"wk_wrong\"}")),
      gateway
          .to("/v1/batch")
          .header("Authorization", basic("wk_wrong"))
          .POST(BodyPublishers.ofString("{\"writeKey\":\"" + WRITE_KEY + "\"}")),
    };
    for (HttpRequest.Builder request : requests) {
      Reply reply = send(request);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.json().path("status").intValue()).isEqualTo(401);
      assertThat(reply.json().path("trace_id").stringValue()).hasSize(32);
    }
    assertThat(collector.gotNothing()).isTrue();
  }

  @Test
  void replacesSpoofedIdentityHeaders() throws Exception {
    send(
        gateway
            .to("/sa?token=" + WRITE_KEY)
            .header("Tenure-Project", "victim")
            .header("tenure-subject", "person:root")
            .header("Tenure-Role", "ADMINISTRATOR")
            .header("X-Forwarded-For", "6.6.6.6")
            .header("Cookie", "tenure_session=st_x")
            .POST(BodyPublishers.ofString("data=x")));
    Received received = collector.take();
    assertThat(received.headers().get("Tenure-Project")).containsExactly("bank");
    assertThat(received.headers().get("Tenure-Subject"))
        .hasSize(1)
        .noneMatch("person:root"::equals);
    assertThat(received.headers().containsKey("Tenure-Role")).isFalse();
    assertThat(received.headers().containsKey("Cookie")).isFalse();
    assertThat(received.headers().get("X-Forwarded-For")).containsExactly("127.0.0.1");
  }

  @Test
  void refusesALargeBodyWithoutKeepingIt() throws Exception {
    byte[] twenty = new byte[20 << 20];
    System.gc();
    long before = usedMemory();
    for (String path : new String[] {"/sa?token=" + WRITE_KEY, "/v1/batch", "/api/v1/segments"}) {
      Reply announced =
          send(
              gateway
                  .asAdmin(path)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(twenty)));
      assertThat(announced.status()).as(path).isEqualTo(413);
      assertThat(announced.header("Content-Type")).isEqualTo("application/problem+json");
      Reply chunked =
          send(
              gateway
                  .asAdmin(path)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofInputStream(() -> zeros(20 << 20))));
      assertThat(chunked.status()).as(path).isEqualTo(413);
    }
    System.gc();
    assertThat(usedMemory() - before).isLessThan(16 << 20);
  }

  private static long usedMemory() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static InputStream zeros(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int size) {
        int count = (int) Math.min(left, size);
        Arrays.fill(buffer, offset, offset + count, (byte) 0);
        left -= count;
        return count == 0 ? -1 : count;
      }
    };
  }

  @Test
  void answersAnEndlesslyCompressedBodyWith413() throws Exception {
    byte[] bomb = gzip("{\"a\":\"" + "0".repeat(40 << 20) + "\"}");
    assertThat(bomb.length).isLessThan(1 << 20);
    Reply reply = send(gateway.to("/v1/batch").POST(BodyPublishers.ofByteArray(bomb)));
    assertThat(reply.status()).isIn(400, 413);
    assertThat(collector.gotNothing()).isTrue();
  }

  @Test
  void answersAMalformedBodyWithoutAKeyWith400() throws Exception {
    Reply reply = send(gateway.to("/v1/batch").POST(BodyPublishers.ofString("{\"batch\":[")));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void passesTheCollectorsRefusalOn() throws Exception {
    collector.answer(400);
    Reply reply =
        send(
            gateway
                .to("/v1/batch?writeKey=" + WRITE_KEY)
                .POST(BodyPublishers.ofString("not json")));
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void turnsTheCollectorsLimitInto503BecausePhonesDropOn429() throws Exception {
    collector.answer(429);
    Reply reply =
        send(gateway.to("/sa?token=" + WRITE_KEY).POST(BodyPublishers.ofString("data=x")));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isNotEmpty();
  }

  @Test
  void answers503WhileTheCollectorIsAwayAndRecovers() throws Exception {
    HttpRequest.Builder event =
        gateway.to("/sa?token=" + WRITE_KEY).POST(BodyPublishers.ofString("data=x"));
    try (AutoCloseable outage = collector.outage()) {
      assertThat(outage).isNotNull();
      for (int attempt = 0; attempt < 25; attempt++) {
        Reply reply = send(event);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      }
    }
    Instant patience = Instant.now().plusSeconds(20);
    while (send(event).status() != 200) {
      assertThat(Instant.now()).isBefore(patience);
      Thread.sleep(200);
    }
  }

  @Test
  void refusesOtherMethods() throws Exception {
    Reply reply = send(gateway.to("/v1/batch?writeKey=" + WRITE_KEY).GET());
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("POST");
    assertThat(send(gateway.to("/sa?token=" + WRITE_KEY).DELETE()).status()).isEqualTo(405);
  }

  @Test
  void letsPagesOfOtherOriginsSend() throws Exception {
    Reply preflight =
        send(
            gateway
                .to("/v1/batch")
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .contains("Authorization", "Dry-Run");
    Reply api =
        send(gateway.asAdmin("/api/v1/caller").header("Origin", "https://shop.example").GET());
    assertThat(api.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void letsSdksFetchTheConfigurationOfAKnownProjectWithoutAKey() throws Exception {
    Reply reply = send(gateway.to("/config/Android.conf?v=1&project=bank&app_id=a").GET());

    assertThat(reply.status()).isEqualTo(200);
    Received received = collector.take();
    assertThat(received.uri()).isEqualTo("/config/Android.conf?v=1&project=bank&app_id=a");
    assertThat(received.headers().getFirst("Tenure-Project")).isEqualTo("bank");
    assertThat(received.headers().getFirst("Tenure-Subject")).isEqualTo("public");
  }

  @Test
  void findsTheConfigurationBesideAPathOfTheAppsOwn() throws Exception {
    Reply reply = send(gateway.to("/bank/events/config/Android.conf?project=bank").GET());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(collector.take().uri()).isEqualTo("/config/Android.conf?project=bank");
    assertThat(send(gateway.to("/elsewhere/config/Android.conf?project=bank").GET()).status())
        .isEqualTo(404);
  }

  @Test
  void handsOnThatAnSdkHasItsConfigurationAlready() throws Exception {
    collector.answer(304);

    Reply reply = send(gateway.to("/config/iOS.conf?v=1&project=bank").GET());

    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/config/Android.conf?project=nobodys",
        "/config/iOS.conf",
        "/config/visualized/Web.conf?project=../bank",
        "/mp_login?project=nobodys"
      })
  void knowsNoConfigurationOfUnknownProjects(String path) throws Exception {
    assertThat(send(gateway.to(path).GET()).status()).isEqualTo(404);
    assertThat(collector.gotNothing()).isTrue();
  }
}
