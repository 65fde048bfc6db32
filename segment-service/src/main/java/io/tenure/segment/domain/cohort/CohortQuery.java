package io.tenure.segment.domain.cohort;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks who started when, and what they did how long after.
 *
 * @param scope start events lie in its range; what follows may lie after it
 * @param start what starts
 * @param follow what counts afterwards
 * @param unit cuts time into cohorts, and into steps after them
 * @param horizon number of the last step after the cohort's period, which is step 0
 * @param cohorting which start events count
 * @param rolling whether a step is an hour, 24 hours or seven times 24 hours since the user's own
 *     start, instead of a period of the calendar
 * @param amount a property of what follows, to be summed up; null for none
 * @param held a property that must have the same value at the start and at what follows; events
 *     without it do not count. Null for none
 * @param values tells users apart by their start; null for not at all
 * @param counted whether it matters how many events follow, so that stored duplicates are removed
 */
public record CohortQuery(
    Scope scope,
    EventSelector start,
    EventSelector follow,
    Periods unit,
    int horizon,
    Cohorting cohorting,
    boolean rolling,
    @Nullable String amount,
    @Nullable String held,
    @Nullable StartValues values,
    boolean counted) {

  static final int START = 1;
  static final int FOLLOW = 2;
  static final int NAMED = 4;

  private static final int MAX_HORIZON = 400;
  private static final int MAX_COHORTS = 2000;

  /** Accepts up to 400 steps and 2000 cohorts. */
  public CohortQuery {
    if (horizon < 0 || horizon > MAX_HORIZON) {
      throw new IllegalArgumentException("Periods must be at most " + MAX_HORIZON);
    }
    if (rolling && step(unit) == null) {
      throw new IllegalArgumentException("Only hours, days and weeks can roll");
    }
    if (scope.lastPeriod(unit) - (long) scope.firstPeriod(unit) >= MAX_COHORTS) {
      throw new IllegalArgumentException("The range has more than " + MAX_COHORTS + " periods");
    }
    // Where a calendar ends before the last step, it says so now.
    end(scope, unit, horizon, rolling);
  }

  /** Number of the oldest cohort's period. */
  public int firstCohort() {
    return scope.firstPeriod(unit);
  }

  /** How many cohorts there are. */
  public int cohorts() {
    return Math.max(0, scope.lastPeriod(unit) - firstCohort() + 1);
  }

  /** When nobody of a cohort can add to a step any more. */
  public Instant end(int cohort, int step) {
    int period = firstCohort() + cohort;
    Duration length = rolling ? step(unit) : null;
    return length == null
        ? unit.endOf(period + step, scope.zone())
        : unit.endOf(period, scope.zone()).plus(length.multipliedBy(step + 1L));
  }

  /** From the first event that matters to the last. */
  public TimeRange range() {
    Instant start = cohorting.looksBack() ? Instant.EPOCH : scope.range().start();
    return new TimeRange(start, end(scope, unit, horizon, rolling));
  }

  /** How many values are shown; 0 when users are not told apart. */
  public int shownValues() {
    return values == null ? 0 : values.limit();
  }

  /** Length of a rolling step. */
  Duration stepLength() {
    Duration length = step(unit);
    if (length == null) {
      throw new IllegalStateException("Does not roll");
    }
    return length;
  }

  /** Place of the amount among the texts of a journey. */
  int amountText() {
    return values == null ? 0 : 1;
  }

  /** The events to fold; the texts are the start's value and the amount, as asked for. */
  JourneyQuery journeys() {
    List<EventSelector> selectors = new ArrayList<>(List.of(start, follow));
    if (cohorting == Cohorting.FIRST_EVER) {
      selectors.add(EventSelector.named(start.name()));
    }
    List<JourneyQuery.Text> texts = new ArrayList<>();
    if (values != null) {
      texts.add(new JourneyQuery.Text(values.column(), START));
    }
    if (amount != null) {
      texts.add(new JourneyQuery.Text(new Column.Property(amount), FOLLOW));
    }
    return JourneyQuery.of(
            scope.population(),
            range(),
            selectors,
            false,
            new JourneyQuery.Entry(START, scope.range()),
            counted)
        .with(
            new JourneyQuery.Attributes(
                List.of(), held == null ? List.of() : List.of(new Column.Property(held)), texts));
  }

  private static Instant end(Scope scope, Periods unit, int horizon, boolean rolling) {
    int last = scope.lastPeriod(unit);
    if (last < scope.firstPeriod(unit)) {
      return scope.range().end();
    }
    Duration length = rolling ? step(unit) : null;
    return length == null
        ? unit.endOf(last + horizon, scope.zone())
        : scope.range().end().plus(length.multipliedBy(horizon + 1L));
  }

  private static @Nullable Duration step(Periods unit) {
    return switch (unit) {
      case PeriodUnit.HOUR -> Duration.ofHours(1);
      case PeriodUnit.DAY -> Duration.ofDays(1);
      case PeriodUnit.WEEK, PeriodUnit.WEEK_FROM_SUNDAY -> Duration.ofDays(7);
      default -> null;
    };
  }
}
