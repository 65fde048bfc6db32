package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is kept no longer is asked for at the gateway, and every service answers. */
final class RetentionRoadTest {

  private final TestPlatform platform = TestPlatform.running();

  /** Changes nothing: the platform is shared with other tests, which send old events. */
  @Test
  void everyServiceSaysWhatWouldGo() {
    JsonNode counts =
        platform
            .api()
            .post(
                "/api/v1/retention-policy:preview",
                """
                {"event_days": 36500, "c2_property_days": 20000, "c2_trait_days": 20000,
                 "profile_days": 36500, "history_days": 36500, "quarantine_days": 36500,
                 "alert_days": 20000}
                """)
            .path("counts");
    assertThat(counts.propertyNames())
        .contains(
            "clickhouse.events",
            "clickhouse.event_properties",
            "clickhouse.quarantine",
            "clickhouse.alerts",
            "clickhouse.profiles",
            "clickhouse.profile_history",
            "users_losing_personal_traits");
    assertThat(
            platform.api().get("/api/v1/retention-policy").path("policy").path("etag").asString(""))
        .as("nothing was chosen")
        .isEmpty();
    assertThat(platform.api().get("/api/v1/retention-runs").path("runs")).isEmpty();
  }
}
