package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  private void visit(String sendType, String user) throws Exception {
    String url = platform.url("/sa?project=default&token=" + platform.writeKey());
    PublishedClients.node("web.mjs", url, sendType, user, "12.5");
  }

  private static JsonNode only(List<JsonNode> events) {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }
}
