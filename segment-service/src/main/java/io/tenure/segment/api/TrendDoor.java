package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.trend.Trend;
import io.tenure.segment.domain.trend.TrendCell;
import io.tenure.segment.domain.trend.TrendQuery;
import io.tenure.segment.domain.trend.Trends;
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
    return TrendReader.read(query.getTrend(), scope);
  }

  @Override
  public TrendCell cell(AnalysisCell cell, TrendQuery question) {
    return TrendReader.cell(cell.getTrend(), question);
  }

  @Override
  public void write(AnalysisQuery query, Trend trend, AnalysisResult.Builder result) {
    result.setTrend(TrendWriter.write(trend));
  }
}
