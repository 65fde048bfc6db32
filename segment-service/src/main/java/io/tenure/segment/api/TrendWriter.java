package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.Trend;
import io.tenure.proto.analysis.v1.TrendNumber;
import io.tenure.proto.analysis.v1.TrendPoint;
import io.tenure.proto.analysis.v1.TrendSeries;
import io.tenure.segment.domain.trend.Part;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Translates a trend of the domain into the contract's. */
final class TrendWriter {

  private TrendWriter() {}

  static Trend write(io.tenure.segment.domain.trend.Trend trend) {
    Trend.Builder message = Trend.newBuilder();
    trend.series().forEach(series -> message.addSeries(series(series)));
    return message.build();
  }

  private static TrendSeries series(io.tenure.segment.domain.trend.Trend.Series series) {
    TrendSeries.Builder message =
        TrendSeries.newBuilder()
            .setMeasure(series.measure())
            .setCompared(series.compared())
            .setTotal(number(series.total()));
    switch (series.part()) {
      case Part.All _ -> message.setAll(true);
      case Part.Value(@Nullable String value) -> {
        if (value == null) {
          message.setWithoutValue(true);
        } else {
          message.setValue(value);
        }
      }
      case Part.Other _ -> message.setOther(true);
    }
    series.points().forEach(point -> message.addPoints(point(point)));
    return message.build();
  }

  private static TrendPoint point(io.tenure.segment.domain.trend.Trend.Point point) {
    TrendPoint.Builder message =
        TrendPoint.newBuilder()
            .setStartDate(point.start())
            .setNumber(number(point.number()))
            .setIncomplete(point.incomplete());
    if (point.movingAverage() != null) {
      message.setMovingAverage(point.movingAverage().doubleValue());
    }
    return message.build();
  }

  private static TrendNumber number(io.tenure.segment.domain.trend.Trend.Number number) {
    TrendNumber.Builder message = TrendNumber.newBuilder().setUsers(number.users());
    if (number.value() != null) {
      message.setValue(number.value().doubleValue()).setDecimal(decimal(number.value()));
    }
    return message.build();
  }

  private static String decimal(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
