package io.tenure.segment.domain.arm;

import io.tenure.segment.domain.journey.Journey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a unit of a user's events. */
final class UnitFold {

  private final ArmQuery query;
  private final UnaryOperator<String> arms;
  private final int[] texts;
  private final long start;
  private final long end;
  private final long[] looks;

  UnitFold(ArmQuery query) {
    this.query = query;
    this.arms = query.origin().reader(query.arms());
    this.texts = query.measureTexts();
    this.start = query.scope().range().start().toEpochMilli();
    this.end = query.scope().range().end().toEpochMilli();
    this.looks = query.looks().stream().mapToLong(Instant::toEpochMilli).toArray();
  }

  /** The unit; null for a user who was not exposed in the range. */
  @Nullable Unit fold(Journey journey) {
    int first = first(journey);
    if (first < 0) {
      return null;
    }
    String arm = arm(journey, first);
    ArmMetric metric = query.metric();
    Unit unit =
        new Unit(
            looks.length,
            metric == null ? 1 : metric.components(),
            journey.time(first),
            arm,
            value(journey, first),
            mixed(journey, first, arm));
    if (metric != null) {
      measure(journey, metric, unit);
    }
    return unit;
  }

  /** The id of a user's unit; empty when the exposure does not tell. */
  String id(Journey journey) {
    return journey.text(query.unitText(), first(journey));
  }

  /** Takes what a user saw of the other experiment, with the id of the unit it was dealt to. */
  void sightings(Journey journey, BiConsumer<String, Sighting> taker) {
    OtherExposure other = query.other();
    if (other == null) {
      return;
    }
    long since = other.start().toEpochMilli();
    long until = looks[looks.length - 1];
    for (int event = journey.firstAfter(since - 1); event < journey.size(); event++) {
      if (journey.time(event) >= until) {
        return;
      }
      if (journey.is(event, query.otherExposure())) {
        taker.accept(
            query.unitProperty() == null ? "" : journey.text(query.unitText(), event),
            new Sighting(journey.time(event), journey.text(query.otherText(), event)));
      }
    }
  }

  /** What tells a unit apart; the other experiment's arm of shared units is known at the end. */
  private String value(Journey journey, int first) {
    if (query.values() != null) {
      return journey.text(query.valueText(), first);
    }
    if (query.unitProperty() != null) {
      return "";
    }
    Sighting[] earliest = new Sighting[1];
    sightings(
        journey,
        (_, seen) ->
            earliest[0] = earliest[0] == null ? seen : Sighting.earlier(earliest[0], seen));
    return earliest[0] == null ? "" : earliest[0].arm();
  }

  private boolean isExposure(Journey journey, int event) {
    return journey.is(event, ArmQuery.EXPOSURE)
        && journey.time(event) >= start
        && journey.time(event) < end
        && !(query.origin().isDealt() && journey.text(ArmQuery.ARM_TEXT, event).isEmpty());
  }

  private String arm(Journey journey, int event) {
    return arms.apply(journey.text(ArmQuery.ARM_TEXT, event));
  }

  /** Of several exposures at the first instant the one of the first arm by name. */
  private int first(Journey journey) {
    int first = -1;
    for (int event = 0; event < journey.size(); event++) {
      if (first >= 0 && journey.time(event) > journey.time(first)) {
        return first;
      }
      if (isExposure(journey, event)
          && (first < 0 || arm(journey, event).compareTo(arm(journey, first)) < 0)) {
        first = event;
      }
    }
    return first;
  }

  private long mixed(Journey journey, int first, String arm) {
    for (int event = 0; event < journey.size(); event++) {
      if (isExposure(journey, event)
          && journey.time(event) >= journey.time(first)
          && !journey.text(ArmQuery.ARM_TEXT, event).equals(journey.text(ArmQuery.ARM_TEXT, first))
          && !arm(journey, event).equals(arm)) {
        return journey.time(event);
      }
    }
    return Unit.NEVER;
  }

  private void measure(Journey journey, ArmMetric metric, Unit unit) {
    Deeds deeds = new Deeds(journey, texts);
    long until = looks[looks.length - 1];
    List<ArmMetric.Window> windows = metric.windows();
    for (int window = 0; window < windows.size(); window++) {
      int shift = window * metric.width();
      long from = unit.exposed() + windows.get(window).from().toMillis();
      Duration to = windows.get(window).to();
      long last = to == null ? until : Math.min(until, unit.exposed() + to.toMillis());
      deeds.take(
          metric.kind(),
          from,
          last,
          (millis, component, amount) -> {
            if (metric.kind() instanceof ArmMetric.Quantile) {
              unit.addValue(amount);
            } else {
              unit.add(lookAfter(millis), shift + component, amount);
            }
          });
    }
    if (query.hasCovariate()) {
      long days = Duration.ofDays(query.covariateDays()).toMillis();
      deeds.take(
          metric.kind(),
          unit.exposed() - days,
          unit.exposed(),
          (_, component, amount) -> unit.addBefore(component, amount));
    }
  }

  /** The first look that sees what happened at an instant. */
  private int lookAfter(long millis) {
    int look = 0;
    while (looks[look] <= millis) {
      look++;
    }
    return look;
  }
}
