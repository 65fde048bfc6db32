package io.tenure.standalone;

import static io.tenure.standalone.StoredRecords.indexes;
import static io.tenure.standalone.StoredRecords.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.standalone.LossyDoor.Mood;
import io.tenure.standalone.LossyDoor.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Sensors SDKs for servers, as published: Java 3.4.0 and sa-sdk-node. */
final class SensorsServerSdkTest {

  private static final int TRANSFERS = 20;

  private final TestPlatform platform = TestPlatform.running();
  private final StoredRecords stored = new StoredRecords(platform.api());

  @Test
  void storesWhatTheJavaSdkSendsOnOneConnection() throws Exception {
    try (LossyDoor door = door()) {
      PublishedClients.java("SensorsClient", "transfers", url(door), "java-user");

      assertThat(door.seen()).hasSizeGreaterThan(1);
      assertThat(door.seen().stream().map(Seen::peerPort).distinct()).hasSize(1);
    }
    List<JsonNode> events = stored.events("java-user", "JavaTransfer", TRANSFERS);

    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(upTo(TRANSFERS));
    assertThat(events.getFirst().path("properties").path("note").stringValue())
        .isEqualTo("工资 payday");
    JsonNode profile = stored.profile("java-user");
    assertThat(profile.path("traits").path("city").stringValue()).isEqualTo("上海");
    assertThat(profile.path("traits").path("logins").intValue()).isEqualTo(7);
    assertThat(profile.path("anonymous_ids").get(0).stringValue()).isEqualTo("java-user-device");
  }

  @Test
  void understandsEveryTypeOfRecord() throws Exception {
    try (LossyDoor door = door()) {
      String printed =
          PublishedClients.java("SensorsClient", "every-type", url(door), "java-every");

      assertThat(printed).contains("refused a bad name");
      assertThat(door.seen()).hasSize(1);
      assertThat(door.seen().getFirst().target().getPath()).isEqualTo("/sa");
      assertThat(door.seen().getFirst().body()).contains("gzip=1");
    }
    JsonNode properties = stored.events("java-every", "JavaEvery", 1).getFirst().path("properties");
    assertThat(properties.path("note").stringValue()).isEqualTo("工资到账");
    assertThat(properties.path("when").stringValue()).matches("2026-06-15 \\d\\d:30:45\\.005");
    assertThat(properties.path("big").asString()).isEqualTo("9007199254740993");

    JsonNode profile = stored.profile("java-every");
    JsonNode traits = profile.path("traits");
    assertThat(traits.path("city").stringValue()).isEqualTo("上海");
    assertThat(traits.path("first").stringValue()).isEqualTo("yes");
    assertThat(traits.path("logins").intValue()).isEqualTo(3);
    assertThat(traits.path("tags").get(0).stringValue()).isEqualTo("gold");
    assertThat(traits.has("goneSoon")).isFalse();
    assertThat(profile.path("anonymous_ids").get(0).stringValue()).isEqualTo("java-every-device");
  }

  @Test
  void bindsAndUnbindsIdentities() throws Exception {
    PublishedClients.java("SensorsClient", "every-type", url(), "java-bound");

    assertThat(stored.events("java-bound-3", "JavaBound", 1)).hasSize(1);
    assertThat(stored.events("java-bound-3", "$BindID", 1)).hasSize(1);
    assertThat(stored.profile("java-bound-3").path("anonymous_ids").valueStream())
        .noneMatch(id -> id.stringValue().equals("java-bound-3-device"));
  }

  @Test
  void storesEachEventOnceThoughRequestsFailAndRepliesAreLost() throws Exception {
    try (LossyDoor door = door(Mood.REFUSE, Mood.LOSE_REPLY)) {
      PublishedClients.java("SensorsClient", "persistent", url(door), "java-persistent");

      assertThat(door.seen().stream().map(Seen::status)).startsWith(503, 0, 200);
    }

    List<JsonNode> events = stored.events("java-persistent", "JavaPersistent", TRANSFERS);
    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(upTo(TRANSFERS));
  }

  @Test
  void explainsToTheDebugConsumerAndStoresNothing() throws Exception {
    long received = received();

    String printed = PublishedClients.java("SensorsClient", "debug", url(), "java-debug");

    assertThat(printed).contains("accepted").contains("refused: ").contains("TIME_IN_FUTURE");
    assertThat(received()).isEqualTo(received);
    assertThat(stored.eventsNow("java-debug", "JavaDebugged")).isEmpty();
  }

  @Test
  void storesWhatTheNodeSdkSends() throws Exception {
    PublishedClients.node("sensors.mjs", url(), "node-user", Integer.toString(TRANSFERS));

    List<JsonNode> events = stored.events("node-user", "NodeTransfer", TRANSFERS);

    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(upTo(TRANSFERS));
    assertThat(stored.profile("node-user").path("traits").path("tier").stringValue())
        .isEqualTo("gold");
  }

  private long received() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                platform.api().get("/api/v1/ledger").path("ledger").path("waiting").asLong() == 0);
    return platform.api().get("/api/v1/ledger").path("ledger").path("received").asLong();
  }

  private LossyDoor door(Mood... moods) throws Exception {
    return new LossyDoor(platform.installation().gateway(), moods);
  }

  private String url() {
    return platform.url("/sa?project=default&token=" + platform.writeKey());
  }

  private String url(LossyDoor door) {
    return door.url("/sa?project=default&token=" + platform.writeKey());
  }
}
