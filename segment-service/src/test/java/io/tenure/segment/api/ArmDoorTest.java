package io.tenure.segment.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.ArmSums;
import io.tenure.proto.analysis.v1.ArmWindow;
import io.tenure.proto.analysis.v1.Arms;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.arm.ArmComparison;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions about arms in windows and by another experiment, from message to message. */
final class ArmDoorTest {

  private static final Scope SCOPE =
      new Scope(
          new TimeRange(
              Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-09T00:00:00Z")),
          ZoneId.of("UTC"),
          null);

  private static final String ASKED =
      "exposure: {name: \"seen\"}, arms: [\"old\", \"new\"], metric: {count: {selector: {name:"
          + " \"buy\"}}}";

  private static Bank bank;
  private static ArmDoor door;

  @BeforeAll
  static void fill() {
    bank = Bank.open("arm_door");
    door = new ArmDoor(new ArmComparison(bank.journeys()));
    bank.event(1, "seen", "2026-03-02T10:00:00Z", "variant", "old")
        .event(2, "seen", "2026-03-02T10:00:00Z", "variant", "new")
        .event(3, "seen", "2026-03-07T10:00:00Z", "variant", "new")
        .event(1, "met", "2026-03-08T23:00:00Z", "variant", "on")
        .event(2, "met", "2026-02-01T10:00:00Z", "variant", "on", "kind", "blue")
        .event(2, "met", "2026-02-01T10:00:00Z", "variant", "on", "kind", "amber")
        .event(2, "met", "2026-03-05T10:00:00Z", "variant", "off")
        .event(1, "buy", "2026-03-03T09:59:59.999Z")
        .event(1, "buy", "2026-03-03T10:00:00Z")
        .event(2, "buy", "2026-03-02T10:00:00Z")
        .event(2, "buy", "2026-03-02T11:00:00Z")
        .event(2, "buy", "2026-03-05T10:00:00Z")
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void tellsWindowsWithTheOnesBefore() {
    Arms arms = run("{arm: {" + ASKED + ", windowEnds: [\"86400s\", \"259200s\"]}}");
    assertThat(arms.getWindowsCount()).isEqualTo(2);
    ArmWindow first = arms.getWindows(0);
    assertThat(first.getFrom().getSeconds()).isZero();
    assertThat(first.getTo().getSeconds()).isEqualTo(86_400);
    assertThat(first.hasCap()).isFalse();
    assertThat(first.getArmsList()).extracting(ArmSums::getUnits).containsExactly(1L, 2L);
    assertThat(sum(first, 0, 0)).isEqualTo(1);
    assertThat(sum(first, 1, 0)).isEqualTo(2);
    ArmWindow second = arms.getWindows(1);
    assertThat(second.getFrom()).isEqualTo(first.getTo());
    assertThat(second.getArmsList()).extracting(ArmSums::getUnits).containsExactly(1L, 1L);
    // The payment exactly three days after the exposure is in no window.
    assertThat(sum(second, 0, 0)).isEqualTo(1);
    assertThat(sum(second, 0, 1)).isEqualTo(1);
    assertThat(sum(second, 1, 0)).isZero();
    assertThat(sum(second, 1, 1)).isEqualTo(2);
    assertThat(arms.getLooks(0).getArms(0).hasSample()).isFalse();
    // A window that ends at the look has ended.
    assertThat(run("{arm: {" + ASKED + ", windowEnds: [\"568800s\"]}}").getWindows(0).getArmsList())
        .extracting(ArmSums::getUnits)
        .containsExactly(1L, 1L);
    assertThat(run("{arm: {" + ASKED + ", windowEnds: [\"568801s\"]}}").getWindows(0).getArmsList())
        .extracting(ArmSums::getUnits)
        .containsExactly(0L, 0L);
    Arms capped =
        run(
            "{arm: {"
                + ASKED.replace("metric: {", "metric: {cap_quantile: 0.6, ")
                + ", windowEnds: [\"86400s\", \"604800s\"]}}");
    assertThat(capped.getWindows(0).getCap()).isEqualTo(1);
    assertThat(sum(capped.getWindows(0), 1, 0)).isEqualTo(1);
    // No unit is so old yet.
    assertThat(capped.getWindows(1).hasCap()).isFalse();
    assertThat(capped.hasCap()).isFalse();
  }

  @Test
  void tellsUnitsApartByAnotherExperiment() {
    Arms since = run("{arm: {" + ASKED + ", other: {exposure: {name: \"met\"}}}}");
    assertThat(since.getSlicesList())
        .extracting(
            slice -> slice.getValue() + slice.getArms(0).getUnits() + slice.getArms(1).getUnits())
        .containsExactly("01", "off01", "on10");
    assertThat(since.getSlices(0).hasValue()).isFalse();
    Arms ever =
        run(
            "{arm: {"
                + ASKED
                + ", other: {exposure: {name: \"met\"}, startTime: \"2026-02-01T00:00:00Z\"}}}");
    assertThat(ever.getSlicesList())
        .extracting(
            slice -> slice.getValue() + slice.getArms(0).getUnits() + slice.getArms(1).getUnits())
        .containsExactly("on11", "01");
    assertThat(sums(ever)).isEqualTo(1 + 1 + 3);
    // What was seen after the look is not known at it.
    Arms early =
        run(
            "{arm: {"
                + ASKED
                + ", looks: [\"2026-03-05T00:00:00Z\"], other: {exposure: {name: \"met\"}}}}");
    assertThat(early.getSlicesList())
        .singleElement()
        .satisfies(slice -> assertThat(slice.hasValue()).isFalse());
    Arms kinds =
        run(
            "{arm: {"
                + ASKED
                + ", other: {exposure: {name: \"met\"}, armProperty: \"kind\", startTime:"
                + " \"2026-02-01T00:00:00Z\"}}}");
    assertThat(kinds.getSlicesList())
        .extracting(
            slice -> slice.getValue() + slice.getArms(0).getUnits() + slice.getArms(1).getUnits())
        .containsExactly("11", "amber01");
  }

  @Test
  void refusesWhatMakesNoSense() {
    refuses(", windowEnds: [\"86400s\", \"86400s\"]", "query.arm.window_ends");
    refuses(", windowEnds: [\"-5s\"]", "query.arm.window_ends");
    refuses(", covariateDays: 3, windowEnds: [\"86400s\"]", "query.arm.arms");
    refuses(
        ", windowEnds: [\"86400s\"], looks: [\"2026-03-05T00:00:00Z\", \"2026-03-08T00:00:00Z\"]",
        "query.arm.arms");
    refuses(", windowEnds: [" + "\"1s\", ".repeat(14) + "\"1s\"]", "query.arm.window_ends");
    refuses(", other: {}", "query.arm.other.exposure");
    refuses(
        ", other: {exposure: {name: \"met\"}, startTime: \"2026-03-09T00:00:00Z\"}",
        "query.arm.arms");
    refuses(", other: {exposure: {name: \"met\"}}, breakdown: {property: \"x\"}", "query.arm.arms");
    refused(
        "{arm: {exposure: {name: \"seen\"}, arms: [\"a\", \"b\"], windowEnds: [\"86400s\"]}}",
        "query.arm.window_ends");
    for (String metric :
        new String[] {
          "{window: \"86400s\", count: {selector: {name: \"buy\"}}}",
          "{retention: {selector: {name: \"buy\"}, from: \"0s\", to: \"60s\"}}",
          "{quantile: {selector: {name: \"buy\"}, property: \"amount\", level: 0.5}}",
          "{funnel: {steps: [{name: \"a\"}, {name: \"b\"}], within: \"60s\"}}"
        }) {
      refused(
          "{arm: {exposure: {name: \"seen\"}, arms: [\"a\", \"b\"], metric: "
              + metric
              + ", windowEnds: [\"86400s\"]}}",
          "query.arm.window_ends");
    }
  }

  private static double sum(ArmWindow window, int arm, int component) {
    return window.getArms(arm).getSample().getMeanSums().getSums(component);
  }

  private static double sums(Arms arms) {
    return arms.getSlicesList().stream()
        .flatMap(slice -> slice.getArmsList().stream())
        .mapToDouble(sums -> sums.getUnits() == 0 ? 0 : sums.getSample().getMeanSums().getSums(0))
        .sum();
  }

  private static Arms run(String json) {
    AnalysisQuery query = query(json);
    AnalysisResult.Builder result = AnalysisResult.newBuilder();
    var answer =
        door.model()
            .run(
                bank.project(), door.question(query, SCOPE), Instant.parse("2026-04-01T00:00:00Z"));
    assertThat(answer.table().rows()).isNotEmpty();
    door.write(query, answer, result);
    return result.getArm();
  }

  private static void refuses(String more, String field) {
    refused("{arm: {" + ASKED + more + "}}", field);
  }

  private static void refused(String query, String field) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> door.question(query(query), SCOPE))
        .satisfies(
            failure ->
                assertThat(failure.violations())
                    .extracting(FieldViolation::field)
                    .containsExactly(field));
  }

  private static AnalysisQuery query(String json) {
    AnalysisQuery.Builder query = AnalysisQuery.newBuilder();
    try {
      JsonFormat.parser().merge(json.replaceAll("([{,]\\s*)(\\w+):", "$1\"$2\":"), query);
    } catch (InvalidProtocolBufferException invalid) {
      throw new IllegalArgumentException(invalid);
    }
    return query.build();
  }
}
