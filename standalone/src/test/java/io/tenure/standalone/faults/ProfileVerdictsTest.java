package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The judge itself: it must see what is wrong. */
final class ProfileVerdictsTest {

  private static final List<JsonNode> COUNTED =
      List.of(Json.read("{\"login_id\": \"anna\", \"count\": \"3\", \"numbers\": [7]}"));

  private final ProfileVerdicts verdicts = new ProfileVerdicts(Set.of(4L, 5L, 6L), Set.of(4L, 5L));

  @Test
  void acceptsWhatIsRight() {
    Map<String, JsonNode> right = Map.of("anna", profile(7, 3, 3, "9", "4", "5"));
    assertThatCode(
            () -> {
              verdicts.judgeCounters(COUNTED, right);
              verdicts.judgeTraits(right);
              verdicts.judgeTraits(Map.of("anna", profile(7, 3, 3, "15", "4", "5", "6")));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void seesCountersThatAreNotThoseOfTheEvents() {
    refusesCounters(profile(7, 4, 3, "0"));
    refusesCounters(profile(7, 3, 2, "0"));
    refusesCounters(profile(8, 3, 3, "0"));
  }

  @Test
  void seesAChangeAppliedTwiceLostOrInvented() {
    refusesTraits(profile(7, 3, 3, "13", "4", "5"));
    refusesTraits(profile(7, 3, 3, "4", "4"));
    refusesTraits(profile(7, 3, 3, "18", "4", "5", "9"));
  }

  private void refusesCounters(JsonNode profile) {
    assertThatThrownBy(() -> verdicts.judgeCounters(COUNTED, Map.of("anna", profile)))
        .isInstanceOf(AssertionError.class);
  }

  private void refusesTraits(JsonNode profile) {
    assertThatThrownBy(() -> verdicts.judgeTraits(Map.of("anna", profile)))
        .isInstanceOf(AssertionError.class);
  }

  private static JsonNode profile(int number, int count, int tally, String sum, String... seen) {
    return Json.read(
        """
        {"user_number": %d, "event_count": "%d", "traits": {"sum": %s, "seen": [%s]},
         "activity": {"events": [{"event_name": "Load", "count": "%d",
           "days": [{"day": "2026-09-01", "count": "%d"}]}]}}
        """
            .formatted(
                number,
                count,
                sum,
                String.join(",", List.of(seen).stream().map(one -> '"' + one + '"').toList()),
                tally,
                tally));
  }
}
