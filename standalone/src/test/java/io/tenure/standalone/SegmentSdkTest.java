package io.tenure.standalone;

import static io.tenure.standalone.StoredRecords.indexes;
import static io.tenure.standalone.StoredRecords.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.standalone.LossyDoor.Mood;
import io.tenure.standalone.LossyDoor.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The SDKs that speak Segment's protocol, as published: Segment Java and Node, Rudder Node. */
final class SegmentSdkTest {

  private static final int TRANSFERS = 20;
  private static final String COUNT = Integer.toString(TRANSFERS);

  private final TestPlatform platform = TestPlatform.running();
  private final StoredRecords stored = new StoredRecords(platform.api());

  @Test
  void takesEachBatchOfTheJavaSdkAtTheFirstTry() throws Exception {
    try (LossyDoor door = door()) {
      PublishedClients.java(
          "SegmentClient", door.address().toString(), platform.writeKey(), "segment-java", COUNT);

      // A reply without JSON would make the SDK send each batch several times.
      List<String> bodies = door.seen().stream().map(Seen::body).toList();
      assertThat(bodies).isNotEmpty().doesNotHaveDuplicates();
      assertThat(door.seen().getFirst().target().getPath()).isEqualTo("/v1/import/");
    }
    assertStoredOnce("segment-java", "Java Transfer");
    assertThat(stored.profile("segment-java").path("traits").path("city").stringValue())
        .isEqualTo("广州");
  }

  @Test
  void storesWhatTheNodeSdkSends() throws Exception {
    node("segment.mjs", platform.url(""), "segment-node");

    assertStoredOnce("segment-node", "Segment Transfer");
    assertThat(stored.profile("segment-node").path("anonymous_ids").get(0).stringValue())
        .isEqualTo("segment-node-device");
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  void storesEachEventOnceThoughTheFirstRequestFails(Mood mood) throws Exception {
    String user = "segment-node-" + mood.name().toLowerCase(java.util.Locale.ROOT);
    try (LossyDoor door = door(mood)) {
      node("segment.mjs", door.address().toString(), user);

      assertThat(door.seen()).anyMatch(request -> request.status() != 200);
    }
    assertStoredOnce(user, "Segment Transfer");
  }

  @Test
  void storesWhatRudderSendsPacked() throws Exception {
    node("rudder.mjs", platform.url(""), "rudder-node");

    assertStoredOnce("rudder-node", "Rudder Transfer");
    assertThat(stored.events("rudder-node", "$pageview", 1)).hasSize(1);
    assertThat(stored.events("rudder-node", "$AppViewScreen", 1)).hasSize(1);
    assertThat(stored.profile("rudder-node").path("traits").path("city").stringValue())
        .isEqualTo("重庆");
  }

  private void assertStoredOnce(String user, String name) {
    List<JsonNode> events = stored.events(user, name, TRANSFERS);
    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(upTo(TRANSFERS));
  }

  private void node(String script, String host, String user) throws Exception {
    PublishedClients.node(script, host, platform.writeKey(), user, COUNT);
  }

  private LossyDoor door(Mood... moods) throws Exception {
    return new LossyDoor(platform.installation().gateway(), moods);
  }
}
