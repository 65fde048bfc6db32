package io.tenure.experiment.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.condition.api.ConditionWriter;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.Value;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.result.ArmSource;
import io.tenure.experiment.domain.result.HoldoutSource;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.ArmDealing;
import io.tenure.proto.analysis.v1.ArmQuery;
import io.tenure.proto.analysis.v1.OtherExposure;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.Scope;
import io.tenure.proto.analysis.v1.StartBreakdown;
import io.tenure.proto.condition.v1.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the analyses, which keep what they answered, what the arms did. */
public final class ServiceArmSource implements ArmSource, HoldoutSource {

  /** So old an answer may be that says how new events are, lest every reader reads them all. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** The question how new events are is the same for everybody who asks. */
  private static final Duration LONG = Duration.ofDays(4 * 365);

  private final AnalysisServiceGrpc.AnalysisServiceBlockingStub analyses;

  /** A source behind the segment service's channel. */
  public ServiceArmSource(Channel segmentService) {
    this.analyses = AnalysisServiceGrpc.newBlockingStub(segmentService);
  }

  @Override
  public Arms ask(ProjectId project, ArmSource.Question question) {
    AnalysisQuery.Builder query = AnalysisQuery.newBuilder();
    query.setScope(
        scope(question.from(), question.until())
            .setReceivedUntil(Fields.timestamp(question.asOf().minusMillis(1))));
    query.setArm(arms(question));
    return ArmReader.read(run(project, query.build(), Duration.ZERO).getArm());
  }

  @Override
  public Arms ask(ProjectId project, HoldoutSource.Question question) {
    ArmQuery.Builder query =
        ArmQuery.newBuilder()
            .setExposure(ConditionWriter.selector(new EventSelector("", List.of())))
            .setDealing(
                ArmDealing.newBuilder()
                    .setSalt(question.dealing().salt())
                    .addAllWeights(question.weights()))
            .addAllArms(question.arms())
            .setCovariateDays(question.covariateDays());
    String property = idProperty(question.dealing().unit());
    if (property != null) {
      query.setUnitProperty(property);
    }
    question.looks().forEach(look -> query.addLooks(Fields.timestamp(look)));
    if (question.metric() != null) {
      query.setMetric(MetricWriter.write(question.metric()));
    }
    Scope.Builder scope =
        scope(question.start(), question.looks().getLast())
            .setReceivedUntil(Fields.timestamp(question.asOf().minusMillis(1)));
    AnalysisQuery asked = AnalysisQuery.newBuilder().setScope(scope).setArm(query).build();
    return ArmReader.read(run(project, asked, Duration.ZERO).getArm());
  }

  /** The event's property with the id, as flags find it in the context; null for users. */
  private static @Nullable String idProperty(UnitType unit) {
    return switch (unit) {
      case USER -> null;
      case DEVICE -> "device_id";
      case ACCOUNT -> "account_id";
      case HOUSEHOLD -> "household_id";
    };
  }

  @Override
  public @Nullable Instant newest(ProjectId project, ArmSource.Question question) {
    AnalysisQuery query =
        AnalysisQuery.newBuilder()
            .setScope(scope(question.from(), question.from().plus(LONG)))
            .setArm(
                ArmQuery.newBuilder()
                    .setExposure(ConditionWriter.selector(exposure(question)))
                    .addAllArms(question.arms()))
            .build();
    AnalysisResult result = run(project, query, FRESH);
    return result.getFreshness().hasDataTime()
        ? Fields.instant("data_time", result.getFreshness().getDataTime())
        : null;
  }

  private AnalysisResult run(ProjectId project, AnalysisQuery query, Duration maxAge) {
    RunAnalysisRequest request =
        RunAnalysisRequest.newBuilder().setQuery(query).setMaxAge(Fields.duration(maxAge)).build();
    try {
      return CallerContext.as(
              Caller.service(project, "experiment-service"), () -> analyses.runAnalysis(request))
          .getResult();
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static Scope.Builder scope(Instant from, Instant until) {
    return Scope.newBuilder()
        .setInterval(
            Interval.newBuilder()
                .setStartTime(Fields.timestamp(from))
                .setEndTime(Fields.timestamp(until)));
  }

  private static ArmQuery arms(ArmSource.Question question) {
    ArmQuery.Builder query =
        ArmQuery.newBuilder()
            .setExposure(ConditionWriter.selector(exposure(question)))
            .addAllArms(question.arms())
            .setCovariateDays(question.covariateDays());
    if (question.unit() != UnitType.USER) {
      query.setUnitProperty("unit");
    }
    question.looks().forEach(look -> query.addLooks(Fields.timestamp(look)));
    if (question.metric() != null) {
      query.setMetric(MetricWriter.write(question.metric()));
    }
    question.windowEnds().forEach(end -> query.addWindowEnds(Fields.duration(end)));
    switch (question.split()) {
      case null -> {}
      case Dimension dimension -> query.setBreakdown(breakdown(dimension));
      case OtherRun other -> query.setOther(other(other));
    }
    return query.build();
  }

  private static StartBreakdown.Builder breakdown(Dimension dimension) {
    StartBreakdown.Builder breakdown = StartBreakdown.newBuilder().setLimit(dimension.limit());
    return dimension.trait()
        ? breakdown.setTrait(dimension.name())
        : breakdown.setProperty(dimension.name());
  }

  private static OtherExposure.Builder other(OtherRun other) {
    return OtherExposure.newBuilder()
        .setExposure(ConditionWriter.selector(exposure(other.experiment(), other.phase())))
        .setStartTime(Fields.timestamp(other.start()));
  }

  private static EventSelector exposure(ArmSource.Question question) {
    return exposure(question.experiment(), question.phase());
  }

  private static EventSelector exposure(String experiment, int phase) {
    return new EventSelector(
        CollectorExposureLog.NAME,
        List.of(
            is("experiment", new Value.Text(experiment)),
            is("phase", new Value.Decimal(BigDecimal.valueOf(phase)))));
  }

  private static PropertyFilter is(String property, Value value) {
    return new PropertyFilter(property, new Comparison(Operator.EQUAL, List.of(value)));
  }
}
