package io.tenure.experiment.domain.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.condition.domain.Condition;
import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Shares;
import io.tenure.evaluator.Stickiness;
import io.tenure.evaluator.Stretch;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.serving.Tested;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllocationSqlTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-02T00:00:00Z");
  private static final UnitColumn UNITS = new UnitColumn("t.login_id");

  @Test
  void writesGatesInTheOrderInWhichTheyDecide() {
    Serving.Split split =
        Serving.Split.of(
            "e#1",
            dealing("e"),
            List.of(layer(), enrolment(), holdout()),
            List.of("off", "on"),
            List.of(5_000, 5_000),
            null);

    AllocationSql sql = AllocationSql.of(tested(split), UNITS, START);

    assertThat(sql.reason())
        .isEqualTo(
            """
            multiIf(
              isNull(`t`.`login_id`), 'NO_UNIT',
              murmurHash3_32(concat('h:', toString(`t`.`login_id`))) < 42949672, 'HELD_OUT',
              NOT (((murmurHash3_32(concat('l:', toString(`t`.`login_id`))) >= 10 \
            AND murmurHash3_32(concat('l:', toString(`t`.`login_id`))) < 20) \
            OR murmurHash3_32(concat('l:', toString(`t`.`login_id`))) >= 4000000000)), 'NOT_IN_LAYER',
              NOT (murmurHash3_32(concat('n:', toString(`t`.`login_id`))) < 429496729), 'NOT_ENROLLED',
              'ARM')\
            """);
    assertThat(sql.variant())
        .contains("< 42949672, '',")
        .endsWith(
            "  murmurHash3_32(concat('e:', toString(`t`.`login_id`))) < 2147483648, 'off',\n"
                + "  murmurHash3_32(concat('e:', toString(`t`.`login_id`))) >= 2147483648, 'on',\n"
                + "  '')");
    assertThat(sql.omissions()).isEmpty();
  }

  @Test
  void followsTheRamp() {
    Tested tested =
        tested(
            Serving.Split.of(
                "e#1", dealing("e"), List.of(enrolment()), List.of("on"), List.of(10_000), null));

    assertThat(AllocationSql.of(tested, UNITS, START.minusMillis(1)).reason()).contains("NOT (0)");
    assertThat(AllocationSql.of(tested, UNITS, LATER).reason()).contains("< 2147483648)");
    assertThat(AllocationSql.expiry(tested, START)).contains(LATER);
    assertThat(AllocationSql.expiry(tested, LATER)).isEmpty();
  }

  @Test
  void leavesNoWayOutOfAText() {
    Serving.Split split =
        Serving.Split.of(
            "e#1", dealing("it's \\ 盐"), List.of(), List.of("a'b"), List.of(10_000), null);

    AllocationSql sql = AllocationSql.of(tested(split), new UnitColumn(""), START);

    assertThat(sql.variant()).contains("1, 'a\\'b'");
    Serving.Split halves =
        Serving.Split.of(
            "e#1", dealing("it's \\ 盐"), List.of(), List.of("a", "b"), List.of(1, 9_999), null);
    assertThat(AllocationSql.of(tested(halves), new UnitColumn(""), START).variant())
        .contains("concat('it\\'s \\\\ 盐:', toString(`unit`))");
  }

  @Test
  void tellsWhatElseDecides() {
    Serving.Split split =
        Serving.Split.of(
            "e#1", dealing("e"), List.of(), List.of("on"), List.of(10_000), new Stickiness(2, 1));
    Rule first = Rule.of("first", null, new Serving.Fixed("on"));
    Rule rule =
        new Rule(
            "test", new Schedule(START, LATER), List.of(), new Condition.InSegment("rich"), split);
    Flag flag =
        new Flag(
            "f",
            false,
            List.of(new Variant("on", new Value.Truth(true))),
            "on",
            List.of(new Forced(UnitType.USER, Map.of("ann", "on"))),
            List.of(new Prerequisite("g", Set.of("on"))),
            List.of(first, rule),
            new Serving.Fixed("on"));

    assertThat(AllocationSql.of(new Tested(1, flag, rule, split), UNITS, START).omissions())
        .containsExactlyInAnyOrder(Omission.values());
  }

  @Test
  void refusesWhatItCannotHash() {
    Serving.Split split =
        new Serving.Split(
            "e#1",
            List.of(),
            List.of(
                new Arm(
                    "on",
                    List.of(
                        new Place(
                            new Dealing(UnitType.USER, Hashing.EPPO, "s", 100),
                            List.of(new Stretch(0, 50)))))),
            null);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> AllocationSql.of(tested(split), UNITS, START))
        .matches(failure -> failure.reason() == Reason.FAILED_PRECONDITION)
        .withMessageContaining("EPPO");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1a", "a b", "a`b", "a)", "a.b.c.d", ".", "a.", "名"})
  void refusesAColumnThatIsMoreThanAName(String name) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new UnitColumn(name))
        .withMessageContaining("unit_column");
  }

  @Test
  void omitsWhatWasKept() {
    Serving.Split split =
        Serving.Split.of(
            "e#1", dealing("e"), List.of(), List.of("on"), List.of(10_000), new Stickiness(2, 1));

    assertThat(AllocationSql.of(tested(split), UNITS, START).omissions())
        .containsExactly(Omission.KEPT_VARIANTS);
  }

  private static Gate layer() {
    return new Gate.Layer(
        "l",
        new Place(
            dealing("l"), List.of(new Stretch(10, 20), new Stretch(4_000_000_000L, 1L << 32))));
  }

  private static Gate holdout() {
    return new Gate.Holdout(
        "h", new Place(dealing("h"), List.of(Shares.first(100, Hashing.BUCKETS))));
  }

  private static Gate enrolment() {
    return new Gate.Enrolment(
        dealing("n"),
        List.of(
            new Gate.Stage(START, Shares.first(1_000, Hashing.BUCKETS)),
            new Gate.Stage(LATER, Shares.first(5_000, Hashing.BUCKETS))));
  }

  private static Dealing dealing(String salt) {
    return Dealing.of(UnitType.USER, salt);
  }

  private static Tested tested(Serving.Split split) {
    Rule rule = Rule.of("test", null, split);
    return new Tested(
        1,
        new Flag(
            "f",
            true,
            split.arms().stream()
                .map(arm -> new Variant(arm.variant(), new Value.Text(arm.variant())))
                .toList(),
            split.arms().getFirst().variant(),
            List.of(),
            List.of(),
            List.of(rule),
            new Serving.Fixed(split.arms().getFirst().variant())),
        rule,
        split);
  }
}
