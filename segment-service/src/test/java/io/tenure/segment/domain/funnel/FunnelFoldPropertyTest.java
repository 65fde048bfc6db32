package io.tenure.segment.domain.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.domain.funnel.NaiveFunnel.Event;
import io.tenure.segment.domain.journey.Packing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All options together, against the naive search, on many short histories. */
final class FunnelFoldPropertyTest {

  private static final int STEPS = 4;
  private static final long ENTRY_END = 9;
  private static final FunnelWindow WINDOW = new FunnelWindow.Within(Duration.ofMillis(5));

  @ParameterizedTest
  @EnumSource(value = FunnelEntry.class, mode = EnumSource.Mode.EXCLUDE, names = "SESSIONS")
  void orderedFunnelsAgreeWithTheNaiveSearch(FunnelEntry entry) {
    for (FunnelRules rules : ordered(entry)) {
      agrees(rules, 4_000);
    }
  }

  @ParameterizedTest
  @EnumSource(value = FunnelEntry.class, mode = EnumSource.Mode.EXCLUDE, names = "SESSIONS")
  void strictFunnelsAgreeWithTheNaiveSearch(FunnelEntry entry) {
    agrees(
        rules(
            FunnelOrder.STRICT,
            entry,
            List.of(),
            rule(false, 0, 99),
            rule(false, 1, 99),
            rule(false, 0, 2)),
        8_000);
    agrees(
        rules(
            FunnelOrder.STRICT,
            entry,
            List.of(),
            rule(false, 0, 99),
            rule(false, 0, 99),
            rule(false, 0, 99)),
        8_000);
  }

  @ParameterizedTest
  @EnumSource(value = FunnelEntry.class, mode = EnumSource.Mode.EXCLUDE, names = "SESSIONS")
  void funnelsWithoutAnOrderAgreeWithTheNaiveSearch(FunnelEntry entry) {
    FunnelRules rules =
        new FunnelRules(
            List.of(StepRule.REQUIRED, StepRule.REQUIRED, StepRule.REQUIRED, StepRule.REQUIRED),
            FunnelOrder.ANY,
            entry,
            WINDOW,
            List.of());
    agrees(rules, 8_000);
  }

  private static List<FunnelRules> ordered(FunnelEntry entry) {
    List<Exclusion> exclusions = List.of(new Exclusion(0, 2), new Exclusion(2, 3));
    FunnelOrder order = FunnelOrder.ORDERED;
    return List.of(
        rules(order, entry, List.of(), rule(false, 0, 99), rule(false, 0, 99), rule(false, 0, 99)),
        rules(order, entry, exclusions, rule(false, 0, 99), rule(false, 0, 99), rule(false, 0, 99)),
        rules(order, entry, exclusions, rule(false, 0, 2), rule(false, 1, 3), rule(false, 0, 99)),
        rules(order, entry, List.of(), rule(true, 0, 99), rule(true, 0, 99), rule(false, 0, 99)),
        rules(order, entry, exclusions, rule(true, 0, 3), rule(false, 2, 4), rule(true, 0, 1)));
  }

  private static void agrees(FunnelRules rules, int cases) {
    StepPacking packing = rules.packing();
    Packing bits = new Packing(STEPS + rules.exclusions().size());
    boolean overlapAllowed = rules.steps().stream().noneMatch(StepRule::optional);
    FunnelFold fold = FunnelFold.of(rules, ENTRY_END);
    Property.forAll(
        cases,
        histories(rules.exclusions().size(), overlapAllowed),
        history -> {
          List<Event> events =
              rules.order() == FunnelOrder.STRICT
                  ? history
                  : history.stream().filter(e -> e.steps() != 0 || e.exclusions() != 0).toList();
          List<Integer> reached = new ArrayList<>();
          long[] journey =
              events.stream()
                  .mapToLong(e -> bits.pack(e.time(), e.steps() | e.exclusions() << STEPS))
                  .sorted()
                  .toArray();
          fold.fold(
              journey,
              attempt -> {
                reached.add(attempt.reached());
                requirePossible(rules, packing, journey, attempt);
              });
          assertThat(reached).isEqualTo(new NaiveFunnel(rules, ENTRY_END, events).reached());
        });
  }

  /** The events an attempt names did its steps, in time and each once. */
  private static void requirePossible(
      FunnelRules rules, StepPacking packing, long[] journey, Attempt attempt) {
    long entry =
        IntStream.range(0, STEPS)
            .filter(attempt::did)
            .mapToLong(attempt::timeOf)
            .min()
            .orElseThrow();
    long last = Long.MIN_VALUE;
    for (int step = 0; step < attempt.reached(); step++) {
      if (!attempt.did(step)) {
        assertThat(rules.steps().get(step).optional()).isTrue();
        continue;
      }
      assertThat(packing.millis(journey[attempt.eventOf(step)])).isEqualTo(attempt.timeOf(step));
      if (rules.order() != FunnelOrder.ANY) {
        assertThat(packing.mask(journey[attempt.eventOf(step)]) & 1 << step).isNotZero();
      }
      assertThat(attempt.timeOf(step))
          .isBetween(Math.max(entry, last), rules.window().lastMillis(entry));
      last = attempt.timeOf(step);
    }
  }

  /** Events of a dozen instants; where steps can be left out, each event serves one step only. */
  private static Generator<List<Event>> histories(int exclusions, boolean overlap) {
    List<Event> kinds = new ArrayList<>();
    for (int time = 0; time < 12; time++) {
      for (int steps = 0; steps < 1 << STEPS; steps++) {
        for (int excluded = 0; excluded < 1 << exclusions; excluded++) {
          if (overlap || Integer.bitCount(steps) < 2) {
            kinds.add(new Event(time, steps, excluded));
          }
        }
      }
    }
    return Generator.lists(Generator.of(kinds), 8);
  }

  private static FunnelRules rules(
      FunnelOrder order, FunnelEntry entry, List<Exclusion> exclusions, StepRule... later) {
    List<StepRule> steps = new ArrayList<>(List.of(StepRule.REQUIRED));
    steps.addAll(List.of(later));
    return new FunnelRules(steps, order, entry, WINDOW, exclusions);
  }

  private static StepRule rule(boolean optional, int least, int most) {
    return new StepRule(
        optional, Duration.ofMillis(least), most == 99 ? StepRule.EVER : Duration.ofMillis(most));
  }
}
