package io.tenure.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The Sensors SDK for web pages, as published (sa-sdk-javascript), in a jsdom browser. */
final class SensorsWebSdkTest {

  private final TestPlatform platform = TestPlatform.running();
  private final StoredRecords stored = new StoredRecords(platform.api());

  @ParameterizedTest
  @ValueSource(strings = {"image", "ajax", "batch", "beacon"})
  void storesWhatAPageSends(String sendType) throws Exception {
    String user = "web-" + sendType;

    visit(sendType, user);

    JsonNode paid = only(stored.events(user, "WebPay", 1));
    JsonNode looked = only(stored.events(user, "WebLook", 1));
    assertThat(looked.path("properties").path("product").stringValue()).isEqualTo("定期存款");
    assertThat(looked.path("properties").path("when").stringValue())
        .isEqualTo("2026-06-15 12:30:45.005");
    assertThat(paid.path("properties").path("half").stringValue())
        .isEqualTo("2026-06-15 12:30:45.050");
    JsonNode viewed = only(stored.events(user, "$pageview", 1));
    assertThat(viewed.path("properties").path("$utm_source").stringValue()).isEqualTo("mail");
    assertThat(stored.profile(user).path("traits").has("$first_referrer")).isTrue();
  }

  @Test
  void keepsTwoLoginsOnOneBrowserApart() throws Exception {
    visit("ajax", "web-couple");

    JsonNode first = only(stored.events("web-couple", "WebPay", 1));
    JsonNode second = only(stored.events("web-couple-partner", "WebPartner", 1));

    assertThat(stored.profile("web-couple").path("user_number").asLong())
        .isNotEqualTo(stored.profile("web-couple-partner").path("user_number").asLong());
    assertThat(first.path("event_id")).isNotEqualTo(second.path("event_id"));
  }

  @Test
  void opensWhatTheSmPluginEncrypts() throws Exception {
    JsonNode key = createKey(Map.of("scheme", "ENCRYPTION_SCHEME_SM2_SM4"));

    visit(
        "ajax",
        "web-sm",
        "sm-encryption",
        Json.write(
            Map.of(
                "pkv", Integer.parseInt(key.path("version").stringValue()),
                "pub_key", key.path("public_point").stringValue())));

    assertThat(only(stored.events("web-sm", "WebPay", 1)).path("properties").path("amount"))
        .hasToString("12.5");
  }

  @Test
  void opensWhatTheAesPluginEncrypts() throws Exception {
    String secret = Base64.getEncoder().encodeToString("sixteen bytes ok".getBytes(US_ASCII));
    createKey(
        Map.of("scheme", "ENCRYPTION_SCHEME_PRESHARED_AES", "version", "7", "private_key", secret));

    visit(
        "image",
        "web-aes",
        "aes-encryption",
        Json.write(Map.of("k", secret, "kid", 7, "khash", "any")));

    assertThat(only(stored.events("web-aes", "WebPay", 1)).path("properties").path("amount"))
        .hasToString("12.5");
  }

  @Test
  void keepsAsideWhatIsEncryptedWithAKeyNobodyKnows() throws Exception {
    String point =
        createKey(Map.of("scheme", "ENCRYPTION_SCHEME_SM2_SM4")).path("public_point").stringValue();
    long before = quarantined("KEY_UNKNOWN");

    visit("ajax", "web-lost", "sm-encryption", Json.write(Map.of("pkv", 999, "pub_key", point)));

    await().atMost(Duration.ofSeconds(60)).until(() -> quarantined("KEY_UNKNOWN") > before);
    assertThat(stored.eventsNow("web-lost", "WebPay")).isEmpty();
  }

  private void visit(String sendType, String user, String... plugin) throws Exception {
    String url = platform.url("/sa?project=default&token=" + platform.writeKey());
    List<String> arguments = new ArrayList<>(List.of(url, sendType, user, "12.5"));
    arguments.addAll(List.of(plugin));
    PublishedClients.node("web.mjs", arguments.toArray(String[]::new));
  }

  /** Makes a key; the door reads what changed once a second. */
  private JsonNode createKey(Map<String, String> request) throws InterruptedException {
    JsonNode key =
        platform.api().post("/api/v1/encryptionKeys", Json.write(request)).path("encryption_key");
    Thread.sleep(Duration.ofSeconds(3));
    return key;
  }

  private long quarantined(String reason) {
    return platform
        .api()
        .get("/api/v1/ledger")
        .path("ledger")
        .path("quarantine_reasons")
        .path(reason)
        .asLong(0);
  }

  private static JsonNode only(List<JsonNode> events) {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }
}
