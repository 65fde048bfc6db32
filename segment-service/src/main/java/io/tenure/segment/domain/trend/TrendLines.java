package io.tenure.segment.domain.trend;

import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.trend.Trend.Number;
import io.tenure.segment.domain.trend.TrendCounts.Count;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the lines of a trend out of counts: empty periods, running sums, formulas, averages. */
final class TrendLines {

  private record Place(Part part, Optional<Integer> period) {}

  private final TrendQuery query;
  private final List<Part> parts;
  private final boolean compared;
  private final Instant now;
  private final Scope scope;
  private final List<Function<Place, Number>> measures = new ArrayList<>();

  TrendLines(TrendQuery query, List<Part.Value> values, boolean compared, Instant now) {
    this.query = query;
    this.compared = compared;
    this.now = now;
    this.scope = compared ? query.scope().earlier(query.unit(), query.earlier()) : query.scope();
    this.parts = new ArrayList<>(List.of(Part.ALL));
    this.parts.addAll(values);
    if (query.breakdown() != null) {
      this.parts.add(Part.OTHER);
    }
  }

  /** Adds the counts of the next measure. */
  void add(List<Count> counts) {
    Map<Place, Number> numbers = new HashMap<>();
    for (Count count : counts) {
      numbers.put(
          new Place(count.part(), count.period()), new Number(count.value(), count.users()));
    }
    Aggregate aggregate = query.measures().get(measures.size()).aggregate();
    Number empty = isZeroWhenEmpty(aggregate) ? Number.ZERO : Number.NONE;
    Function<Place, Number> plain = place -> numbers.getOrDefault(place, empty);
    boolean adds = query.cumulative() && !(aggregate instanceof Aggregate.Users);
    measures.add(adds ? running(plain) : plain);
  }

  /** Each measure and then each formula, for each part that has something. */
  List<Trend.Series> series() {
    List<Trend.Series> series = new ArrayList<>();
    for (int index = 0; index < measures.size(); index++) {
      lines(series, index, measures.get(index));
    }
    for (int index = 0; index < query.formulas().size(); index++) {
      lines(series, measures.size() + index, computed(query.formulas().get(index)));
    }
    return series;
  }

  private void lines(List<Trend.Series> series, int index, Function<Place, Number> numbers) {
    for (Part part : parts) {
      Number total = numbers.apply(new Place(part, Optional.empty()));
      series.add(new Trend.Series(index, part, compared, points(part, numbers), total));
    }
  }

  private List<Trend.Point> points(Part part, Function<Place, Number> numbers) {
    Periods unit = query.unit();
    int first = scope.firstPeriod(unit);
    List<Number> values =
        IntStream.rangeClosed(first, scope.lastPeriod(unit))
            .mapToObj(period -> numbers.apply(new Place(part, Optional.of(period))))
            .toList();
    return IntStream.range(0, values.size())
        .mapToObj(
            index ->
                new Trend.Point(
                    unit.label(first + index),
                    values.get(index),
                    !unit.hasEnded(first + index, scope.zone(), now),
                    movingAverage(values, index)))
        .toList();
  }

  private @Nullable BigDecimal movingAverage(List<Number> values, int index) {
    int from = index + 1 - query.movingAverage();
    if (query.movingAverage() == 0 || from < 0) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Number number : values.subList(from, index + 1)) {
      if (number.value() == null) {
        return null;
      }
      sum = sum.add(number.value());
    }
    return sum.divide(BigDecimal.valueOf(query.movingAverage()), MathContext.DECIMAL128);
  }

  /** A formula has no users of its own. */
  private Function<Place, Number> computed(Formula formula) {
    return place -> new Number(formula.value(index -> measures.get(index).apply(place).value()), 0);
  }

  private Function<Place, Number> running(Function<Place, Number> plain) {
    int first = scope.firstPeriod(query.unit());
    Map<Place, Number> sums = new HashMap<>();
    for (Part part : parts) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int period = first; period <= scope.lastPeriod(query.unit()); period++) {
        Place place = new Place(part, Optional.of(period));
        Number number = plain.apply(place);
        sum = number.value() == null ? sum : sum.add(number.value());
        sums.put(place, new Number(sum, number.users()));
      }
    }
    return place ->
        place.period().isEmpty()
            ? plain.apply(place)
            : sums.getOrDefault(place, plain.apply(place));
  }

  private static boolean isZeroWhenEmpty(Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.Events _, Aggregate.Users _, Aggregate.Sum _, Aggregate.DistinctValues _ ->
          true;
      case Aggregate.Average _,
          Aggregate.Minimum _,
          Aggregate.Maximum _,
          Aggregate.Percentile _,
          Aggregate.PerUser _ ->
          false;
    };
  }
}
