package io.tenure.condition.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.Condition.KindCase;
import java.util.Collections;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionReaderTest {

  private static final String EVERY_KIND =
      """
      {"all": {"conditions": [
        {"any": {"conditions": [
          {"trait": {"name": "tier", "operator": "OPERATOR_EQUAL", "values": ["gold", 2.5, true]}},
          {"not": {"segment": {"segment_id": "vip"}}}]}},
        {"event": {"selector": {"name": "Transfer", "filters": [
            {"name": "amount", "operator": "OPERATOR_GREATER", "values": [100]}]},
          "operator": "OPERATOR_LESS", "count": "1", "window": {"last": "864000s"}}},
        {"trait": {"name": "funds", "operator": "OPERATOR_HAS_ELEMENT", "values": ["gold"]}},
        {"latest": {"selector": {"name": "Login"}, "property": "balance", "operator": "OPERATOR_LESS", "values": [100]}},
        {"sequence": {"steps": [{"name": "Register"}, {"name": "Deposit"}], "within": "86400s",
          "window": {"interval": {"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-02-01T00:00:00Z"}}}}
      ]}}
      """;

  @Test
  void everyKindSurvivesTheWayThroughTheDomain() throws Exception {
    Condition condition = parse(EVERY_KIND);
    assertThat(ConditionWriter.write(ConditionReader.read("condition", condition)))
        .isEqualTo(condition);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | condition
          {"all": {}} | condition.all
          {"not": {}} | condition.not
          {"all": {"conditions": [{"segment": {"segment_id": "a"}}, {}]}} | condition.all.conditions[1]
          {"trait": {"name": "", "operator": "OPERATOR_IS_SET"}} | condition.trait.name
          {"trait": {"name": "a"}} | condition.trait.operator
          {"trait": {"name": "a", "operator": "OPERATOR_LESS", "values": ["x"]}} | condition.trait.values
          {"trait": {"name": "a", "operator": "OPERATOR_IS_SET", "values": [1]}} | condition.trait.values
          {"trait": {"name": "a", "operator": "OPERATOR_EQUAL", "values": [null]}} | condition.trait.values[0]
          {"trait": {"name": "a", "operator": "OPERATOR_EQUAL", "values": [1e60]}} | condition.trait.values[0]
          {"event": {"operator": "OPERATOR_CONTAINS"}} | condition.event
          {"event": {"operator": "OPERATOR_LESS", "count": -1}} | condition.event
          {"event": {"operator": "OPERATOR_LESS", "window": {"last": "0s"}}} | condition.event.window.last
          {"event": {"operator": "OPERATOR_LESS", "window": {"interval": {}}}} | condition.event.window.interval.start_time
          {"latest": {"operator": "OPERATOR_IS_SET"}} | condition.latest.property
          {"sequence": {"steps": [{}, {}]}} | condition.sequence.within
          {"sequence": {"steps": [{}], "within": "1s"}} | condition.sequence
          {"segment": {}} | condition.segment.segment_id
          """)
  void namesThePathToWhatIsWrong(String json, String path) throws Exception {
    Condition condition = parse(json);
    assertThatThrownBy(() -> ConditionReader.read("condition", condition))
        .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
        .extracting(Failure::violations, InstanceOfAssertFactories.list(FieldViolation.class))
        .singleElement()
        .extracting(FieldViolation::field)
        .isEqualTo(path);
  }

  @Test
  void refusesWhatAPlaceCannotAnswer() throws Exception {
    Condition condition =
        parse(
            """
            {"all": {"conditions": [
              {"trait": {"name": "a", "operator": "OPERATOR_IS_SET"}},
              {"not": {"segment": {"segment_id": "vip"}}}]}}
            """);
    assertThatThrownBy(
            () ->
                ConditionReader.read(
                    "condition", condition, Set.of(KindCase.TRAIT), "asks for too much"))
        .hasMessageContaining("condition.all.conditions[1].not")
        .hasMessageContaining("asks for too much");
  }

  @Test
  void refusesMoreTextThanARequestCanCarry() throws Exception {
    String values = String.join(", ", Collections.nCopies(51, '"' + "x".repeat(1_000) + '"'));
    Condition condition =
        parse(
            """
            {"trait": {"name": "a", "operator": "OPERATOR_EQUAL", "values": [%s]}}
            """
                .formatted(values));
    assertThatThrownBy(() -> ConditionReader.read("condition", condition))
        .hasMessageContaining("condition.trait.values[50]");
  }

  @Test
  void refusesEndlessNesting() {
    Condition nested =
        Condition.newBuilder()
            .setSegment(
                io.tenure.proto.condition.v1.SegmentCondition.newBuilder().setSegmentId("a"))
            .build();
    for (int level = 0; level < 20; level++) {
      nested = Condition.newBuilder().setNot(nested).build();
    }
    Condition deep = nested;
    assertThatThrownBy(() -> ConditionReader.read("condition", deep))
        .hasMessageContaining("levels deep");
  }

  private static Condition parse(String json) throws Exception {
    Condition.Builder condition = Condition.newBuilder();
    JsonFormat.parser().merge(json, condition);
    return condition.build();
  }
}
