package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A judge that can't say no would let everything pass. */
final class VerdictsTest {

  private static final Traffic TRAFFIC = new Traffic(42);
  private static final long GOOD = 1;
  private static final long UNANSWERED = 2;
  private static final long BAD = 7;

  private final Verdicts verdicts =
      new Verdicts(TRAFFIC, Set.of(GOOD, UNANSWERED, BAD), Set.of(GOOD, BAD));

  @Test
  void acceptsWhatWasNotAnsweredOnceOrNotAtAll() {
    assertThatCode(() -> verdicts.judgeEvents(List.of(event(GOOD)))).doesNotThrowAnyException();
    assertThatCode(() -> verdicts.judgeEvents(List.of(event(GOOD), event(UNANSWERED))))
        .doesNotThrowAnyException();
    assertThatCode(() -> verdicts.judgeQuarantine(List.of(quarantined(TRAFFIC.json(BAD)))))
        .doesNotThrowAnyException();
  }

  @Test
  void noticesALoss() {
    assertThatThrownBy(() -> verdicts.judgeEvents(List.of(event(UNANSWERED))))
        .hasMessageContaining("every acknowledged one is stored");
    assertThatThrownBy(() -> verdicts.judgeQuarantine(List.of()))
        .hasMessageContaining("every acknowledged one is stored");
  }

  @Test
  void noticesADouble() {
    assertThatThrownBy(() -> verdicts.judgeEvents(List.of(event(GOOD), event(GOOD))))
        .hasMessageContaining("none is stored twice");
  }

  @Test
  void noticesAnInvention() {
    assertThatThrownBy(() -> verdicts.judgeEvents(List.of(event(GOOD), event(3))))
        .hasMessageContaining("nothing is invented");
  }

  @Test
  void noticesAnAlteration() {
    JsonNode other = row(GOOD, TRAFFIC.properties(UNANSWERED));
    String bytes = TRAFFIC.json(BAD).replace("\"type\":", "\"type\" :");

    assertThatThrownBy(() -> verdicts.judgeEvents(List.of(other))).hasMessageContaining("event 1");
    assertThatThrownBy(() -> verdicts.judgeQuarantine(List.of(quarantined(bytes))))
        .hasMessageContaining("every byte is kept");
  }

  private static JsonNode event(long number) {
    return row(number, TRAFFIC.properties(number));
  }

  private static JsonNode row(long number, Map<String, String> properties) {
    return Json.read(
        Json.write(
            Map.of(
                "event_id",
                TRAFFIC.id(number),
                "name",
                "Load",
                "login_id",
                "user-" + number % 97,
                "properties",
                properties)));
  }

  private static JsonNode quarantined(String original) {
    byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
    return Json.read(Json.write(Map.of("original", Base64.getEncoder().encodeToString(bytes))));
  }
}
