package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.arm.ArmCell;
import io.tenure.segment.domain.arm.ArmComparison;
import io.tenure.segment.domain.arm.ArmMetric;
import io.tenure.segment.domain.arm.ArmOrigin;
import io.tenure.segment.domain.arm.ArmQuery;
import io.tenure.segment.domain.arm.Arms;
import io.tenure.segment.domain.arm.Measure;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.journey.Column;
import io.tenure.statistics.sample.MeanSample;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Units that are dealt once more by their ids; the engine's own hash says who is where. */
final class HoldoutComparisonTest {

  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant END = Instant.parse("2026-03-09T00:00:00Z");
  private static final String SALT = "holdout/all";
  private static final int HELD_OUT = 2_000;
  private static final int USERS = 400;
  private static final Column.Property DEVICE = new Column.Property("device_id");
  private static final ArmMetric PAID =
      new ArmMetric(
          new ArmMetric.Sum(new Measure(EventSelector.named("pay"), new Column.Property("amount"))),
          Duration.ZERO,
          null,
          1);

  private static Bank bank;
  private static ArmComparison arms;

  @BeforeAll
  static void fill() {
    bank = Bank.open("holdouts");
    arms = new ArmComparison(bank.journeys());
    for (long user = 1; user <= USERS; user++) {
      String device = device(user);
      bank.event(user, "pay", "2026-03-01T10:00:00Z", "amount", Long.toString(3 * user));
      bank.event(user, "open", "2026-03-03T10:00:00Z", "device_id", device);
      bank.event(user, "pay", "2026-03-04T10:00:00Z", "amount", Long.toString(user));
      bank.event(user, "pay", "2026-03-10T10:00:00Z", "amount", "1000000");
      if (hasProfile(user)) {
        bank.profile(user, "tier", user % 2 == 0 ? "\"gold\"" : "\"basic\"");
      }
    }
    // Somebody who came before only, and somebody who came after.
    bank.event(USERS + 1, "pay", "2026-03-01T10:00:00Z", "amount", "5").profile(USERS + 1);
    bank.event(USERS + 2, "pay", "2026-03-09T10:00:00Z", "amount", "5").profile(USERS + 2);
    bank.store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  /** The app is open on a device; two people share each tenth one. */
  private static String device(long user) {
    return "phone-" + (user % 10 == 1 ? user - 1 : user);
  }

  private static boolean hasProfile(long user) {
    return user % 8 != 0;
  }

  @Test
  void findsUsersByTheirLoginId() {
    Arms told = arms.run(bank.project(), query(null, PAID, null), NOW);
    long[] known =
        LongStream.rangeClosed(1, USERS).filter(HoldoutComparisonTest::hasProfile).toArray();
    Map<String, Boolean> heldOut = heldOut(LongStream.of(known).mapToObj(user -> "login-" + user));
    for (int arm = 0; arm < 2; arm++) {
      boolean held = arm == 0;
      long[] users =
          LongStream.of(known)
              .filter(user -> Objects.requireNonNull(heldOut.get("login-" + user)) == held)
              .toArray();
      Arms.Sums sums = told.looks().getLast().arms().get(arm);
      assertThat(sums.units()).isEqualTo(users.length);
      MeanSample sample = (MeanSample) Objects.requireNonNull(sums.sample());
      double sum = LongStream.of(users).sum();
      assertThat(sample.moments().mean(0) * users.length).isCloseTo(sum, within(1e-6));
      assertThat(sample.moments().mean(1) * users.length).isCloseTo(3 * sum, within(1e-6));
      assertThat(
              arms.users(
                  bank.project(),
                  query(null, PAID, null),
                  new ArmCell(held ? "held_out" : "treated", false),
                  NOW))
          .containsExactly(users);
    }
    assertThat(told.looks().getLast().arms().getFirst().units()).isBetween(40L, 100L);
    assertThat(told.looks().getLast().mixed()).isZero();
    assertThat(told.looks().getLast().strangers()).isZero();
    assertThat(told.looks().getFirst().arms()).extracting(Arms.Sums::units).containsOnly(0L);
  }

  @Test
  void findsOtherUnitsByAProperty() {
    Arms told = arms.run(bank.project(), query(DEVICE, PAID, null), NOW);
    List<Long> users = LongStream.rangeClosed(1, USERS).boxed().toList();
    Map<String, Boolean> heldOut = heldOut(users.stream().map(HoldoutComparisonTest::device));
    for (int arm = 0; arm < 2; arm++) {
      boolean held = arm == 0;
      List<Long> those =
          users.stream()
              .filter(user -> Objects.requireNonNull(heldOut.get(device(user))) == held)
              .toList();
      Arms.Sums sums = told.looks().getLast().arms().get(arm);
      long devices = those.stream().map(HoldoutComparisonTest::device).distinct().count();
      assertThat(sums.units()).isEqualTo(devices);
      MeanSample sample = (MeanSample) Objects.requireNonNull(sums.sample());
      assertThat(sample.moments().mean(0) * devices)
          .isCloseTo(those.stream().mapToLong(Long::longValue).sum(), within(1e-6));
    }
  }

  @Test
  void tellsUnitsApart() {
    StartValues tier = new StartValues(new Column.Trait("tier"), 5);
    Arms told = arms.run(bank.project(), query(null, null, tier), NOW);
    assertThat(told.slices().values())
        .extracting(slice -> Objects.requireNonNull(slice.value()))
        .containsExactlyInAnyOrder("gold", "basic");
    assertThat(
            told.slices().values().stream()
                .flatMap(slice -> slice.part().stream())
                .mapToLong(Arms.Sums::units)
                .sum())
        .isEqualTo(
            LongStream.rangeClosed(1, USERS).filter(HoldoutComparisonTest::hasProfile).count());
  }

  @Test
  void wantsAWeightForEachArm() {
    assertThatThrownBy(() -> new ArmOrigin.Dealt(SALT, List.of(1_000, 8_000)))
        .hasMessageContaining("sum to 10000");
    assertThatThrownBy(() -> query(null, new ArmOrigin.Dealt(SALT, List.of(10_000)), null, null))
        .hasMessageContaining("Every arm needs a weight");
  }

  private static Map<String, Boolean> heldOut(java.util.stream.Stream<String> ids) {
    List<String> texts = new ArrayList<>(ids.distinct().toList());
    String values =
        texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(",", "[", "]"));
    return bank
        .clickHouse()
        .query(
            "SELECT id, murmurHash3_32(concat('"
                + SALT
                + ":', id)) < intDiv(4294967296 * "
                + HELD_OUT
                + ", 10000) AS held FROM (SELECT arrayJoin("
                + values
                + ") AS id)",
            Map.of(),
            row -> Map.entry(row.getString("id"), row.getBoolean("held")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static ArmQuery query(
      Column.@Nullable Property unit, @Nullable ArmMetric metric, @Nullable StartValues values) {
    ArmOrigin origin = new ArmOrigin.Dealt(SALT, List.of(HELD_OUT, 10_000 - HELD_OUT));
    return query(unit, origin, metric, values);
  }

  private static ArmQuery query(
      Column.@Nullable Property unit,
      ArmOrigin origin,
      @Nullable ArmMetric metric,
      @Nullable StartValues values) {
    return new ArmQuery(
        new Scope(new TimeRange(START, END), ZoneId.of("UTC"), null),
        new EventSelector("", List.of()),
        origin,
        List.of("held_out", "treated"),
        unit,
        metric,
        List.of(START.plusSeconds(3_600), END),
        metric == null ? 0 : 7,
        values);
  }
}
