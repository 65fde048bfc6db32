package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.json.Json;
import io.tenure.standalone.faults.IdentityTruth.Plan;
import io.tenure.standalone.faults.IdentityTruth.Sighting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The judge itself: it must see what is wrong. */
final class IdentityVerdictsTest {

  private static final Map<String, Long> RIGHT = Map.of("phone", 7L, "ann", 7L, "tablet", 9L);

  private final IdentityTruth truth = new IdentityTruth(Plan.ONE_TO_ONE);
  private final IdentityVerdicts verdicts = new IdentityVerdicts(truth);

  IdentityVerdictsTest() {
    truth.saw(new Sighting(1, false, "", "phone"));
    truth.saw(new Sighting(2, true, "ann", "phone"));
    truth.saw(new Sighting(3, false, "ann", "tablet"));
    truth.saw(new Sighting(4, false, "", "tablet"));
  }

  @Test
  void acceptsAnyNumbersThatStandForThePeople() {
    assertThatCode(() -> verdicts.judge(List.of(row(1, 7), row(3, 7), row(4, 9)), RIGHT))
        .doesNotThrowAnyException();
  }

  @Test
  void seesAPersonWithTwoNumbers() {
    refuses(List.of(row(1, 7), row(3, 8)), RIGHT);
    refuses(List.of(row(1, 7)), Map.of("phone", 7L, "ann", 8L, "tablet", 9L));
  }

  @Test
  void seesTwoPeopleWithOneNumber() {
    refuses(List.of(row(1, 7), row(4, 7)), RIGHT);
    refuses(List.of(row(1, 7)), Map.of("phone", 7L, "ann", 7L, "tablet", 7L));
  }

  @Test
  void seesWhatNobodySent() {
    refuses(List.of(row(5, 7)), RIGHT);
    refuses(List.of(row(1, 7)), Map.of("phone", 7L, "ann", 7L));
  }

  private void refuses(List<JsonNode> rows, Map<String, Long> numbers) {
    assertThatThrownBy(() -> verdicts.judge(rows, numbers)).isInstanceOf(AssertionError.class);
  }

  private static JsonNode row(long record, long user) {
    return Json.read(
        "{\"event_id\": \"ONE_TO_ONE-%d\", \"user_number\": \"%d\"}".formatted(record, user));
  }
}
