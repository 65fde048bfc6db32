package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.Fields;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.IntervalPeriod;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.interval.Interval;
import io.tenure.segment.domain.interval.IntervalCell;
import io.tenure.segment.domain.interval.IntervalQuery;
import io.tenure.segment.domain.interval.IntervalRules;
import io.tenure.segment.domain.interval.Intervals;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to intervals. */
@Component
public final class IntervalDoor implements ModelDoor<IntervalQuery, Interval, IntervalCell> {

  private static final String PATH = "query.interval";
  private static final String CELL = "cell.interval";
  private static final Duration LONGEST = Duration.ofDays(30);

  private final Intervals intervals;

  /** A door to the given intervals. */
  public IntervalDoor(Intervals intervals) {
    this.intervals = intervals;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.INTERVAL;
  }

  @Override
  public Intervals model() {
    return intervals;
  }

  @Override
  public IntervalQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getInterval();
    Duration longest =
        asked.hasLongest() ? Fields.duration(PATH + ".longest", asked.getLongest()) : LONGEST;
    IntervalRules rules =
        at(
            PATH + ".longest",
            () -> new IntervalRules(asked.getFirstStart(), longest, asked.getPerUser()));
    @Nullable Periods periods =
        asked.getTrendUnit() == TimeUnit.TIME_UNIT_UNSPECIFIED
            ? null
            : ScopeReader.periods(PATH + ".trend_unit", asked.getTrendUnit(), scope);
    return new IntervalQuery(
        scope,
        ScopeReader.required(PATH + ".start", asked.hasStart(), asked.getStart()),
        ScopeReader.required(PATH + ".end", asked.hasEnd(), asked.getEnd()),
        rules,
        LabelReader.relation(PATH + ".relation", asked.hasRelation(), asked.getRelation()),
        periods);
  }

  @Override
  public IntervalCell cell(AnalysisCell cell, IntervalQuery question) {
    var named = cell.getInterval();
    return switch (named.getPartCase()) {
      case BAR -> new IntervalCell.Bar(named.getBar());
      case START_DATE -> {
        @Nullable Periods periods = question.periods();
        if (periods == null) {
          throw Failure.invalid(CELL + ".start_date", "needs a query with a trend unit");
        }
        yield new IntervalCell.Period(
            ScopeReader.period(CELL + ".start_date", named.getStartDate(), periods));
      }
      case PART_NOT_SET -> new IntervalCell.All();
    };
  }

  @Override
  public void write(AnalysisQuery query, Interval interval, AnalysisResult.Builder result) {
    var message =
        result.getIntervalBuilder().setUsers(interval.users()).setIncomplete(interval.incomplete());
    if (interval.spread() != null) {
      message.setSpread(LabelReader.write(interval.spread()));
    }
    interval.bars().forEach(bar -> message.addBars(LabelReader.write(bar)));
    for (Interval.Period period : interval.periods()) {
      IntervalPeriod.Builder written =
          IntervalPeriod.newBuilder()
              .setStartDate(period.start())
              .setIncomplete(period.incomplete())
              .setUsers(period.users());
      if (period.spread() != null) {
        written.setSpread(LabelReader.write(period.spread()));
      }
      message.addPeriods(written);
    }
  }
}
