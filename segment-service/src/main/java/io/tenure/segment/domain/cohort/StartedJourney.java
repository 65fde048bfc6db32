package io.tenure.segment.domain.cohort;

import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.cohort.StayFold.Start;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.Amount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A journey with the periods of its events: where it starts, and what follows. */
final class StartedJourney {

  private final CohortQuery query;
  private final Journey journey;
  private final long[] millis;
  private final int[] masks;
  private final int[] periods;
  private final long rangeStart;
  private final long rangeEnd;

  StartedJourney(CohortQuery query, Journey journey) {
    this.query = query;
    this.journey = journey;
    int events = journey.size();
    this.millis = new long[events];
    this.masks = new int[events];
    this.periods = new int[events];
    this.rangeStart = query.scope().range().start().toEpochMilli();
    this.rangeEnd = query.scope().range().end().toEpochMilli();
    PeriodOfInstant period = new PeriodOfInstant(query);
    for (int event = 0; event < events; event++) {
      millis[event] = journey.time(event);
      masks[event] = journey.mask(event);
      periods[event] = millis[event] < rangeStart ? Periods.NONE : period.of(millis[event]);
    }
  }

  /** The first start of each cohort, where every period counts. */
  Map<Integer, Start> starts() {
    Map<Integer, Start> starts = new LinkedHashMap<>();
    for (int event = 0; event < millis.length; event++) {
      if (isStart(event) && periods[event] != Periods.NONE) {
        int cohort = periods[event] - query.firstCohort();
        if (!starts.containsKey(cohort)) {
          starts.put(cohort, start(cohort, event));
        }
      }
    }
    return starts;
  }

  /** When the first event is that may be the start; never when there is none. */
  long firstMillis() {
    for (int event = 0; event < millis.length; event++) {
      boolean first =
          switch (query.cohorting()) {
            case FIRST_EVER -> (masks[event] & CohortQuery.NAMED) != 0;
            case FIRST_MATCHING -> (masks[event] & CohortQuery.START) != 0;
            case FIRST_IN_RANGE, EVERY_PERIOD -> isStart(event);
          };
      if (first) {
        return millis[event];
      }
    }
    return Long.MAX_VALUE;
  }

  /** The start at an instant, if there is one that belongs to a cohort. */
  @Nullable Start startAt(long time) {
    for (int event = 0; event < millis.length && millis[event] <= time; event++) {
      if (millis[event] == time && isStart(event) && periods[event] != Periods.NONE) {
        return start(periods[event] - query.firstCohort(), event);
      }
    }
    return null;
  }

  /** What follows a start, the events of its own instant included. */
  Steps steps(Start start) {
    Steps steps = new Steps(query.horizon());
    int event = start.event();
    while (event > 0 && millis[event - 1] == start.millis()) {
      event--;
    }
    for (; event < millis.length; event++) {
      if ((masks[event] & CohortQuery.FOLLOW) != 0) {
        long step = step(start, event);
        if (step >= 0 && step <= query.horizon()) {
          steps.add((int) step, amount(event));
        }
      }
    }
    return steps;
  }

  private long step(Start start, int event) {
    if (query.rolling()) {
      return (millis[event] - start.millis()) / query.stepLength().toMillis();
    }
    return periods[event] == Periods.NONE
        ? Periods.NONE
        : periods[event] - query.firstCohort() - start.cohort();
  }

  private @Nullable BigDecimal amount(int event) {
    return query.amount() == null ? null : Amount.number(journey.value(query.amountText(), event));
  }

  private boolean isStart(int event) {
    return (masks[event] & CohortQuery.START) != 0
        && millis[event] >= rangeStart
        && millis[event] < rangeEnd;
  }

  private Start start(int cohort, int event) {
    String value = query.values() == null ? "" : value(event);
    return new Start(this, cohort, event, millis[event], value);
  }

  /** Of several starts at one instant the least, so that their order makes no difference. */
  private String value(int event) {
    String least = journey.text(0, event);
    for (int same = event + 1; same < millis.length && millis[same] == millis[event]; same++) {
      if (isStart(same) && journey.text(0, same).compareTo(least) < 0) {
        least = journey.text(0, same);
      }
    }
    return least;
  }

  /** Looks a period up only where another one may begin: most events share that of the last. */
  private static final class PeriodOfInstant {

    private final CohortQuery query;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private int period = Periods.NONE;

    PeriodOfInstant(CohortQuery query) {
      this.query = query;
    }

    int of(long time) {
      if (time < from || time >= until) {
        Periods unit = query.unit();
        var zone = query.scope().zone();
        period = unit.indexOf(Instant.ofEpochMilli(time), zone);
        boolean none = period == Periods.NONE;
        from = none ? time : unit.startOf(period, zone).toEpochMilli();
        until = none ? time : unit.endOf(period, zone).toEpochMilli();
      }
      return period;
    }
  }
}
