package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.TrendBreakdown;
import io.tenure.proto.analysis.v1.TrendMeasure;
import io.tenure.proto.analysis.v1.TrendQuery;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.trend.Aggregate;
import io.tenure.segment.domain.trend.Formula;
import io.tenure.segment.domain.trend.Measure;
import io.tenure.segment.domain.trend.Part;
import io.tenure.segment.domain.trend.TrendCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates a trend of the contract into the domain's. */
final class TrendReader {

  private static final String PATH = "query.trend";
  private static final String CELL = "cell.trend";
  private static final int VALUES = 10;

  private TrendReader() {}

  static io.tenure.segment.domain.trend.TrendQuery read(TrendQuery query, Scope scope) {
    List<Measure> measures = new ArrayList<>();
    for (int index = 0; index < query.getMeasuresCount(); index++) {
      measures.add(measure(PATH + ".measures[" + index + "]", query.getMeasures(index)));
    }
    List<Formula> formulas = new ArrayList<>();
    for (int index = 0; index < query.getFormulasCount(); index++) {
      String formula = query.getFormulas(index);
      formulas.add(at(PATH + ".formulas[" + index + "]", () -> Formula.parse(formula)));
    }
    Periods unit = ScopeReader.periods(PATH + ".unit", query.getUnit(), scope);
    io.tenure.segment.domain.trend.@Nullable TrendBreakdown breakdown =
        query.hasBreakdown() ? breakdown(PATH + ".breakdown", query.getBreakdown()) : null;
    return at(
        PATH,
        () ->
            new io.tenure.segment.domain.trend.TrendQuery(
                scope,
                measures,
                formulas,
                unit,
                breakdown,
                query.getComparePeriods(),
                query.getCumulative(),
                query.getMovingAveragePeriods()));
  }

  static TrendCell cell(
      io.tenure.proto.analysis.v1.TrendCell cell, io.tenure.segment.domain.trend.TrendQuery query) {
    if (cell.getMeasure() < 0 || cell.getMeasure() >= query.measures().size()) {
      throw Failure.invalid(CELL + ".measure", "must be the index of a measure");
    }
    if (cell.getCompared() && query.earlier() == 0) {
      throw Failure.invalid(CELL + ".compared", "needs a query that compares");
    }
    String date = cell.getStartDate();
    Optional<Integer> period =
        date.isEmpty()
            ? Optional.empty()
            : Optional.of(ScopeReader.period(CELL + ".start_date", date, query.unit()));
    return new TrendCell(cell.getMeasure(), part(cell, query), period, cell.getCompared());
  }

  private static Part part(
      io.tenure.proto.analysis.v1.TrendCell cell, io.tenure.segment.domain.trend.TrendQuery query) {
    boolean apart = query.breakdown() != null;
    return switch (cell.getPartCase()) {
      case PART_NOT_SET -> Part.ALL;
      case VALUE -> part(apart, "value", new Part.Value(cell.getValue()));
      case WITHOUT_VALUE ->
          part(apart && cell.getWithoutValue(), "without_value", new Part.Value(null));
      case OTHER -> part(apart && cell.getOther(), "other", Part.OTHER);
    };
  }

  private static Part part(boolean fulfilled, String field, Part part) {
    if (!fulfilled) {
      throw Failure.invalid(
          CELL + "." + field, "must be true when given, and needs a query with a breakdown");
    }
    return part;
  }

  private static Measure measure(String path, TrendMeasure measure) {
    EventSelector selector =
        ScopeReader.required(path + ".selector", measure.hasSelector(), measure.getSelector());
    return new Measure(selector, aggregate(path, measure));
  }

  private static Aggregate aggregate(String path, TrendMeasure measure) {
    return switch (measure.getAggregate()) {
      case TREND_AGGREGATE_UNSPECIFIED, TREND_AGGREGATE_EVENTS -> new Aggregate.Events();
      case TREND_AGGREGATE_USERS ->
          at(
              path + ".rolling_periods",
              () -> new Aggregate.Users(Math.max(1, measure.getRollingPeriods())));
      case TREND_AGGREGATE_SUM -> new Aggregate.Sum(property(path, measure));
      case TREND_AGGREGATE_AVERAGE -> new Aggregate.Average(property(path, measure));
      case TREND_AGGREGATE_MINIMUM -> new Aggregate.Minimum(property(path, measure));
      case TREND_AGGREGATE_MAXIMUM -> new Aggregate.Maximum(property(path, measure));
      case TREND_AGGREGATE_PERCENTILE ->
          at(
              path + ".percentile",
              () -> new Aggregate.Percentile(property(path, measure), measure.getPercentile()));
      case TREND_AGGREGATE_PER_USER ->
          new Aggregate.PerUser(measure.getProperty().isEmpty() ? null : property(path, measure));
      case TREND_AGGREGATE_DISTINCT_VALUES -> new Aggregate.DistinctValues(property(path, measure));
      case UNRECOGNIZED -> throw Failure.invalid(path + ".aggregate", "is none this version knows");
    };
  }

  private static String property(String path, TrendMeasure measure) {
    return at(path + ".property", () -> new Column.Property(measure.getProperty())).name();
  }

  private static io.tenure.segment.domain.trend.TrendBreakdown breakdown(
      String path, TrendBreakdown breakdown) {
    Column by =
        switch (breakdown.getByCase()) {
          case PROPERTY ->
              at(path + ".property", () -> new Column.Property(breakdown.getProperty()));
          case TRAIT -> at(path + ".trait", () -> new Column.Trait(breakdown.getTrait()));
          case BY_NOT_SET -> throw Failure.invalid(path + ".property", "or trait is required");
        };
    int limit = breakdown.getLimit() == 0 ? VALUES : breakdown.getLimit();
    return at(path + ".limit", () -> new io.tenure.segment.domain.trend.TrendBreakdown(by, limit));
  }
}
