package io.tenure.standalone;

import static io.tenure.standalone.LiveInstallation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person with values that occur nowhere else is erased, and then every byte that the platform
 * keeps is searched for them.
 */
@Tag("own-engine")
final class ErasureBytesTest {

  private static final Canaries CANARIES =
      new Canaries(
          "zorblatt.quimby", "7f3ak-plmvx-91", "62250981-447", "Ouagamistral", "vexpruntle");
  private static final Canaries OTHER =
      new Canaries("other-login", "other-device", "other-card", "Bern", "grocer");

  private static final String PLAN =
      """
      {"mode": "MODE_OBSERVE", "events": [{"name": "Pay", "properties": [
        {"name": "amount", "type": "PROPERTY_TYPE_NUMBER"}]}],
       "traits": [{"name": "card", "type": "PROPERTY_TYPE_TEXT", "data_class": "DATA_CLASS_C2"}]}
      """;

  @TempDir private Path data;

  @Test
  void noFileHoldsAnErasedPersonsValuesAndNothingBringsThemBack() throws Exception {
    long before = System.currentTimeMillis() - 60_000;
    try (LiveInstallation live = LiveInstallation.start(data)) {
      live.quicken();
      live.call("PUT", "/api/v1/tracking-plan", PLAN);
      sendAll(live, before, CANARIES);
      sendAll(live, before, OTHER);
      live.awaitProfile(CANARIES.login(), CANARIES.city());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(preview(live))
                      .containsPattern("clickhouse\\.quarantine\"\\s*:\\s*\"?1"));
      requireSearchSees();
      assertThat(live.erase(CANARIES.device())).isNotEmpty();
      await().atMost(PATIENCE).until(() -> CANARIES.in(data).isEmpty());
      long known = live.withheld();
      live.sendPerson(before + 7, CANARIES);
      await().atMost(PATIENCE).until(() -> live.withheld() == known + 3);
      assertThat(live.call("GET", "/api/v1/profiles/" + CANARIES.login(), "")).contains("404");
      assertThat(live.call("GET", "/api/v1/profiles/" + OTHER.login(), ""))
          .contains(OTHER.city())
          .contains(OTHER.card());
      live.requireBalance();
    }
    // What was sent again lies in the log, which withheld it; nowhere else.
    assertThat(CANARIES.outside(data, "log")).isEmpty();
  }

  /** A search that finds nothing before would prove nothing after. */
  private void requireSearchSees() {
    assertThat(CANARIES.in(data)).containsExactlyInAnyOrderElementsOf(CANARIES.all());
    for (String store : List.of("log", "clickhouse", "redis")) {
      assertThat(CANARIES.in(data.resolve(store)))
          .as(store)
          .contains(CANARIES.login(), CANARIES.device(), CANARIES.city());
    }
    assertThat(CANARIES.in(data.resolve("clickhouse")))
        .as("sealed in what is kept of profiles")
        .doesNotContain(CANARIES.card());
    assertThat(CANARIES.in(data.resolve("redis"))).doesNotContain(CANARIES.card());
  }

  private static String preview(LiveInstallation live) {
    return live.call(
        "POST", "/api/v1/erasures:preview", "{\"user_id\": \"" + CANARIES.login() + "\"}");
  }

  private static void sendAll(LiveInstallation live, long time, Canaries person)
      throws IOException, InterruptedException {
    live.sendPerson(time, person);
    // Of a type nobody knows: kept aside with its bytes.
    live.send(
        LiveInstallation.record(
            "nonsense",
            "Pay",
            person.login(),
            person.device(),
            time + 3,
            Map.of("shop", person.shop())));
  }
}
