package io.tenure.standalone;

import static io.tenure.standalone.StoredRecords.indexes;
import static io.tenure.standalone.StoredRecords.upTo;
import static java.nio.charset.StandardCharsets.UTF_8;
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
  void keepsItemsAndForgetsDeletedOnes() throws Exception {
    PublishedClients.java("SensorsClient", "every-type", url(), "java-items");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> items("items FINAL", "toString(deleted)").equals(List.of("F 0", "G 1")));
    assertThat(items("items_v1", "concat(properties['name'], ' ', properties['risk'])"))
        .containsExactly("F 货币基金 1");
  }

  /** The item's letter and a column of each item the scenario is about. */
  private List<String> items(String table, String column) {
    return platform.rows(
        """
        SELECT concat(left(item_id, 1), ' ', %s) FROM %s
        WHERE project_id = 'default' AND kind = 'item' AND item_type = 'fund'
          AND item_id IN ('F-java-items', 'G-java-items')
        ORDER BY item_id
        """
            .formatted(column, table));
  }

  @Test
  void storesARecordInTheProjectItNamesWhenItsKeyOpensThat() throws Exception {
    TestPlatform.Branch branch = platform.branch("elsewhere");
    try (Api elsewhere = branch.api()) {
      StoredRecords there = new StoredRecords(elsewhere);

      PublishedClients.java("SensorsClient", "every-type", url(branch.writeKey()), "java-granted");

      JsonNode event = there.events("java-granted", "JavaElsewhere", 1).getFirst();
      assertThat(event.path("properties").propertyNames()).doesNotContain("$project", "project");
      assertThat(stored.events("java-granted", "JavaEvery", 1)).hasSize(1);
      assertThat(stored.eventsNow("java-granted", "JavaElsewhere")).isEmpty();

      PublishedClients.java("SensorsClient", "every-type", url(), "java-refused");

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> quarantined("java-refused").equals(List.of("PROJECT_MISMATCH")));
      assertThat(stored.events("java-refused", "JavaEvery", 1)).hasSize(1);
      assertThat(stored.eventsNow("java-refused", "JavaElsewhere")).isEmpty();
      assertThat(there.eventsNow("java-refused", "JavaElsewhere")).isEmpty();
    }
  }

  /** Why records of a user were kept aside. */
  private List<String> quarantined(String user) {
    return platform
        .api()
        .get("/api/v1/quarantine?page_size=100&filter.event_name=JavaElsewhere")
        .path("records")
        .valueStream()
        .filter(record -> new String(record.path("original").binaryValue(), UTF_8).contains(user))
        .map(record -> record.path("reason").asString())
        .toList();
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
    return url(platform.writeKey());
  }

  private String url(String key) {
    return platform.url("/sa?project=default&token=" + key);
  }

  private String url(LossyDoor door) {
    return door.url("/sa?project=default&token=" + platform.writeKey());
  }
}
