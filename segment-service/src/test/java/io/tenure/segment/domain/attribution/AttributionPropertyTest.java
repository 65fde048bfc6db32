package io.tenure.segment.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.attribution.AttributionQuery.Touch;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyFixture;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.journey.Relation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** All options together, against an evaluator that looks at every touch of every conversion. */
final class AttributionPropertyTest {

  private static final List<String> CHANNELS = List.of("direct", "mail", "ad");

  /** A conversion has no channel of interest; a relation of 0 is none. */
  private record Event(long time, boolean target, int channel, int relation) {}

  @Test
  void creditsAgreeWithTheNaiveEvaluatorAndAddUpExactly() {
    for (boolean singleUse : new boolean[] {false, true}) {
      for (boolean related : new boolean[] {false, true}) {
        for (int[] shares : new int[][] {{40, 40}, {0, 0}, {70, 30}}) {
          agrees(
              new AttributionRules(
                  Duration.ofMillis(6), shares[0], shares[1], Duration.ofMillis(2), singleUse),
              related);
        }
      }
    }
  }

  private static void agrees(AttributionRules rules, boolean related) {
    AttributionQuery query =
        new AttributionQuery(
            new Scope(
                new TimeRange(Instant.ofEpochMilli(5), Instant.ofEpochMilli(99)),
                ZoneId.of("UTC"),
                null),
            List.of(EventSelector.named("T")),
            new Column.Property("amount"),
            List.of(new Touch("touch", EventSelector.named("A"))),
            new Column.Property("channel"),
            Set.of("direct"),
            related ? new Relation(new Column.Property("a"), new Column.Property("b")) : null,
            rules);
    Property.forAll(
        2_000,
        histories(),
        events -> {
          AttributionTally tally = new AttributionTally(query, List.of(new Dictionary(CHANNELS)));
          tally.visit(journey(events));
          Attribution found = tally.result(false);
          long conversions = events.stream().filter(e -> e.target() && e.time() >= 5).count();
          assertThat(found.conversions()).isEqualTo(conversions);
          Map<AttributionModel, Map<String, Double>> naive = naive(events, rules, related);
          for (AttributionModel model : AttributionModel.values()) {
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal amount = BigDecimal.ZERO;
            for (Attribution.Row row : found.rows()) {
              Attribution.Credit credit = row.credits().get(model.ordinal());
              sum = sum.add(credit.conversions());
              amount = amount.add(credit.amount());
              assertThat(credit.conversions().doubleValue())
                  .isCloseTo(
                      Objects.requireNonNull(naive.get(model))
                          .getOrDefault(name(row.source()), 0.0),
                      within(1e-6));
              assertThat(credit.users()).isEqualTo(credit.conversions().signum());
            }
            assertThat(sum).isEqualByComparingTo(BigDecimal.valueOf(conversions));
            assertThat(amount).isEqualByComparingTo(found.amount());
          }
        });
  }

  private static Map<AttributionModel, Map<String, Double>> naive(
      List<Event> events, AttributionRules rules, boolean related) {
    Map<AttributionModel, Map<String, Double>> credits = new HashMap<>();
    for (AttributionModel model : AttributionModel.values()) {
      credits.put(model, new HashMap<>());
    }
    List<Event> used = new ArrayList<>();
    for (Event target : events) {
      if (!target.target()) {
        continue;
      }
      List<Event> touches = new ArrayList<>();
      for (Event touch : events) {
        boolean counts =
            !touch.target()
                && touch.time() <= target.time()
                && touch.time() >= target.time() - rules.lookback().toMillis()
                && (!related || touch.relation() != 0 && touch.relation() == target.relation())
                && used.stream().noneMatch(other -> other == touch);
        if (counts) {
          touches.add(touch);
        }
      }
      if (target.time() >= 5) {
        for (AttributionModel model : AttributionModel.values()) {
          share(model, rules, touches, target, Objects.requireNonNull(credits.get(model)));
        }
      }
      if (rules.singleUse()) {
        // Also those too old are gone, but they would be too old for later ones as well.
        used.addAll(touches);
      }
    }
    return credits;
  }

  private static void share(
      AttributionModel model,
      AttributionRules rules,
      List<Event> touches,
      Event target,
      Map<String, Double> credits) {
    int size = touches.size();
    if (size == 0) {
      credits.merge("untouched", 1.0, Double::sum);
      return;
    }
    double[] weights = new double[size];
    switch (model) {
      case FIRST -> weights[0] = 1;
      case LAST -> weights[size - 1] = 1;
      case LAST_NON_DIRECT ->
          weights[
                  IntStream.iterate(size - 1, index -> index >= 0, index -> index - 1)
                      .filter(index -> touches.get(index).channel() != 1)
                      .findFirst()
                      .orElse(size - 1)] =
              1;
      case LINEAR -> java.util.Arrays.fill(weights, 1);
      case POSITION -> {
        double first = rules.firstPercent() / 100.0;
        double last = rules.lastPercent() / 100.0;
        if (size == 1) {
          weights[0] = 1;
        } else if (size == 2) {
          weights[0] = first + last == 0 ? 0.5 : first;
          weights[1] = first + last == 0 ? 0.5 : last;
        } else {
          java.util.Arrays.fill(weights, (1 - first - last) / (size - 2));
          weights[0] = first;
          weights[size - 1] = last;
        }
      }
      case TIME_DECAY -> {
        for (int index = 0; index < size; index++) {
          double age = target.time() - touches.get(index).time();
          weights[index] = Math.pow(0.5, age / rules.halfLife().toMillis());
        }
      }
    }
    double all = java.util.Arrays.stream(weights).sum();
    for (int index = 0; index < size; index++) {
      credits.merge(channel(touches.get(index).channel()), weights[index] / all, Double::sum);
    }
  }

  private static String channel(int code) {
    return code == 0 ? "none" : CHANNELS.get(code - 1);
  }

  private static String name(@Nullable Label source) {
    return source == null ? "untouched" : source.text() == null ? "none" : source.text();
  }

  private static Journey journey(List<Event> events) {
    int[] relations = events.stream().mapToInt(Event::relation).toArray();
    return JourneyFixture.journey(
        2,
        events.stream().mapToLong(event -> event.time() << 2 | (event.target() ? 1 : 2)),
        new int[][] {events.stream().mapToInt(Event::channel).toArray()},
        new int[][] {relations, relations},
        events.stream()
            .map(event -> event.time() % 3 == 0 ? "" : "=0.0" + event.time())
            .toArray(String[]::new));
  }

  private static Generator<List<Event>> histories() {
    List<Event> kinds = new ArrayList<>();
    for (long time = 1; time < 30; time++) {
      for (int relation = 0; relation < 3; relation++) {
        for (int channel = 0; channel < 4; channel++) {
          kinds.add(new Event(time, false, channel, relation));
          kinds.add(new Event(time, channel < 2, 0, relation));
        }
      }
    }
    return Generator.lists(Generator.of(kinds), 40)
        .map(
            events ->
                events.stream()
                    .map(e -> new Event(e.time(), e.target(), e.channel(), e.relation()))
                    .sorted(Comparator.comparingLong(Event::time))
                    .toList(),
            events -> events);
  }
}
