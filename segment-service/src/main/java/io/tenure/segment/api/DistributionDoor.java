package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.DistributionBucket;
import io.tenure.proto.analysis.v1.DistributionFrame;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.distribution.Distribution;
import io.tenure.segment.domain.distribution.DistributionCell;
import io.tenure.segment.domain.distribution.DistributionQuery;
import io.tenure.segment.domain.distribution.Distributions;
import io.tenure.segment.domain.distribution.UserMeasure;
import io.tenure.segment.domain.journey.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to distributions. */
@Component
public final class DistributionDoor
    implements ModelDoor<DistributionQuery, Distribution, DistributionCell> {

  private static final String QUERY = "query.distribution";
  private static final String CELL = "cell.distribution";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,38}(\\.\\d{1,38})?");

  private final Distributions distributions;

  /** A door to the given distributions. */
  public DistributionDoor(Distributions distributions) {
    this.distributions = distributions;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.DISTRIBUTION;
  }

  @Override
  public Distributions model() {
    return distributions;
  }

  @Override
  public DistributionQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getDistribution();
    EventSelector selector =
        ScopeReader.required(QUERY + ".selector", asked.hasSelector(), asked.getSelector());
    UserMeasure measure = measure(asked, scope);
    @Nullable Periods frame =
        asked.getFrame() == TimeUnit.TIME_UNIT_UNSPECIFIED
            ? null
            : ScopeReader.periods(QUERY + ".frame", asked.getFrame(), scope);
    List<BigDecimal> bounds = new ArrayList<>();
    for (int index = 0; index < asked.getBoundsCount(); index++) {
      bounds.add(number(QUERY + ".bounds[" + index + "]", asked.getBounds(index)));
    }
    return at(
        QUERY + ".bounds",
        () ->
            new DistributionQuery(
                scope,
                selector,
                measure,
                frame,
                bounds,
                asked.getCumulative(),
                asked.getWithInactive()));
  }

  @Override
  public DistributionCell cell(AnalysisCell cell, DistributionQuery question) {
    var named = cell.getDistribution();
    int frame = frame(named.getStartDate(), question);
    return switch (named.getNumberCase()) {
      case LEAST ->
          new DistributionCell(
              frame,
              false,
              named.getLeast().isEmpty()
                  ? Optional.empty()
                  : Optional.of(number(CELL + ".least", named.getLeast())));
      case INACTIVE -> {
        if (!named.getInactive() || !question.withInactive()) {
          throw Failure.invalid(
              CELL + ".inactive", "must be true when given, and needs a query with_inactive");
        }
        yield new DistributionCell(frame, true, Optional.empty());
      }
      case NUMBER_NOT_SET -> throw Failure.invalid(CELL + ".least", "or inactive is required");
    };
  }

  @Override
  public void write(AnalysisQuery query, Distribution distribution, AnalysisResult.Builder result) {
    var message = result.getDistributionBuilder();
    for (Distribution.Frame frame : distribution.frames()) {
      DistributionFrame.Builder written =
          DistributionFrame.newBuilder()
              .setStartDate(frame.start())
              .setUsers(frame.users())
              .setMean(RetentionWriter.decimal(frame.mean()))
              .setInactiveUsers(frame.inactive())
              .setIncomplete(frame.incomplete());
      for (Distribution.Bucket bucket : frame.buckets()) {
        written.addBuckets(
            DistributionBucket.newBuilder()
                .setLeast(RetentionWriter.decimal(bucket.least().orElse(null)))
                .setBelow(RetentionWriter.decimal(bucket.below().orElse(null)))
                .setUsers(bucket.users()));
      }
      message.addFrames(written);
    }
  }

  private static UserMeasure measure(
      io.tenure.proto.analysis.v1.DistributionQuery asked, Scope scope) {
    int least = asked.getLeastEvents() == 0 ? 1 : asked.getLeastEvents();
    return switch (asked.getMeasureCase()) {
      case EVENTS -> {
        if (!asked.getEvents()) {
          throw Failure.invalid(QUERY + ".events", "must be true when given");
        }
        yield new UserMeasure.Events();
      }
      case SUM_PROPERTY ->
          new UserMeasure.Sum(
              at(QUERY + ".sum_property", () -> new Column.Property(asked.getSumProperty())));
      case ACTIVE_PERIODS -> {
        Periods unit =
            ScopeReader.periods(QUERY + ".active_periods", asked.getActivePeriods(), scope);
        yield at(QUERY + ".least_events", () -> new UserMeasure.ActivePeriods(unit, least));
      }
      case MEASURE_NOT_SET ->
          throw Failure.invalid(QUERY + ".events", "or sum_property or active_periods is required");
    };
  }

  private static int frame(String label, DistributionQuery question) {
    @Nullable Periods periods = question.frame();
    if (periods == null) {
      if (!label.isEmpty()) {
        throw Failure.invalid(CELL + ".start_date", "must be empty without frames");
      }
      return 0;
    }
    int frame = ScopeReader.period(CELL + ".start_date", label, periods) - question.firstFrame();
    if (frame < 0 || frame >= question.frames()) {
      throw Failure.invalid(CELL + ".start_date", "lies outside of the range");
    }
    return frame;
  }

  private static BigDecimal number(String path, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw Failure.invalid(path, "is no decimal number");
    }
    return new BigDecimal(text);
  }
}
