package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.TrendPoint;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.trend.Trend;
import io.tenure.segment.domain.trend.TrendCell;
import io.tenure.segment.domain.trend.TrendQuery;
import io.tenure.segment.domain.trend.Trends;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The door to trends. */
@Component
public final class TrendDoor implements ModelDoor<TrendQuery, Trend, TrendCell> {

  private final Trends trends;

  /** A door to the given trends. */
  public TrendDoor(Trends trends) {
    this.trends = trends;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.TREND;
  }

  @Override
  public Trends model() {
    return trends;
  }

  @Override
  public TrendQuery question(AnalysisQuery query, Scope scope) {
    var trend = query.getTrend();
    return new TrendQuery(
        scope,
        ScopeReader.required("query.trend.selector", trend.hasSelector(), trend.getSelector()),
        ScopeReader.unit("query.trend.unit", trend.getUnit()));
  }

  @Override
  public TrendCell cell(AnalysisCell cell, TrendQuery question) {
    String date = cell.getTrend().getStartDate();
    return new TrendCell(
        date.isEmpty()
            ? Optional.empty()
            : Optional.of(
                ScopeReader.period(
                    "cell.trend.start_date", date, question.unit(), question.scope().zone())));
  }

  @Override
  public void write(AnalysisQuery query, Trend trend, AnalysisResult.Builder result) {
    var message =
        result
            .getTrendBuilder()
            .setTotalEvents(trend.total().events())
            .setTotalUsers(trend.total().users());
    for (Trend.Point point : trend.points()) {
      message.addPoints(
          TrendPoint.newBuilder()
              .setStartDate(point.startDate().toString())
              .setEvents(point.count().events())
              .setUsers(point.count().users())
              .setIncomplete(point.incomplete()));
    }
  }
}
