package io.tenure.alert.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.alert.domain.Audience;
import io.tenure.alert.domain.Rule;
import io.tenure.alert.domain.RuleCheck;
import io.tenure.alert.domain.UserSet;
import io.tenure.alert.domain.backtest.Activity;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.EventCondition;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Interval;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.Window;
import io.tenure.proto.segment.v1.EvaluateRequest;
import io.tenure.proto.segment.v1.EvaluateResponse;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import io.tenure.proto.segment.v1.SegmentServiceGrpc.SegmentServiceBlockingStub;
import java.time.Instant;
import java.util.List;

/**
 * Asks the segment service, the one interpreter of conditions, so that this service needs no word
 * of SQL about events.
 */
public final class SegmentAudience implements Audience, Activity, RuleCheck {

  private static final int LARGEST_REPLY = 256 << 20;

  private final SegmentServiceBlockingStub segments;

  /** An audience behind this channel. */
  public SegmentAudience(Channel channel) {
    this.segments =
        SegmentServiceGrpc.newBlockingStub(channel).withMaxInboundMessageSize(LARGEST_REPLY);
  }

  @Override
  public UserSet matching(
      ProjectId project, io.tenure.alert.domain.Condition condition, Instant asOf) {
    return users(evaluate(project, condition(condition.json()), asOf, false));
  }

  @Override
  public UserSet active(ProjectId project, String activityJson, Instant start, Instant end) {
    return users(evaluate(project, activity(activityJson, start, end), end, false));
  }

  /** Evaluates both conditions as of the epoch, before any event, which costs next to nothing. */
  @Override
  public void check(ProjectId project, Rule rule) {
    check(project, condition(rule.condition().json()), "condition", "rule.condition");
    check(
        project,
        activity(rule.outcome().activityJson(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1)),
        "condition.event.selector",
        "rule.outcome.activity");
  }

  private void check(ProjectId project, Condition condition, String theirs, String ours) {
    try {
      evaluate(project, condition, Instant.EPOCH.plusSeconds(1), true);
    } catch (Failure failure) {
      if (failure.reason() != Reason.INVALID_ARGUMENT) {
        throw failure;
      }
      throw Failure.invalid(
          failure.violations().isEmpty()
              ? List.of(new FieldViolation(ours, failure.text()))
              : failure.violations().stream().map(v -> renamed(v, theirs, ours)).toList());
    }
  }

  private static FieldViolation renamed(FieldViolation violation, String theirs, String ours) {
    String field = violation.field();
    return new FieldViolation(
        field.startsWith(theirs) ? ours + field.substring(theirs.length()) : ours,
        violation.description());
  }

  private EvaluateResponse evaluate(
      ProjectId project, Condition condition, Instant asOf, boolean countOnly) {
    EvaluateRequest request =
        EvaluateRequest.newBuilder()
            .setCondition(condition)
            .setAsOfTime(timestamp(asOf))
            .setCountOnly(countOnly)
            .build();
    try {
      return CallerContext.as(
          Caller.service(project, "alert-service"), () -> segments.evaluate(request));
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static UserSet users(EvaluateResponse response) {
    return UserSet.of(response.getUserNumbersList().stream().mapToLong(Integer::toUnsignedLong));
  }

  private static Condition activity(String selectorJson, Instant start, Instant end) {
    EventSelector.Builder selector = EventSelector.newBuilder();
    merge(selectorJson, selector);
    Interval interval =
        Interval.newBuilder().setStartTime(timestamp(start)).setEndTime(timestamp(end)).build();
    return Condition.newBuilder()
        .setEvent(
            EventCondition.newBuilder()
                .setSelector(selector)
                .setOperator(Operator.OPERATOR_GREATER_OR_EQUAL)
                .setCount(1)
                .setWindow(Window.newBuilder().setInterval(interval)))
        .build();
  }

  private static Condition condition(String json) {
    Condition.Builder condition = Condition.newBuilder();
    merge(json, condition);
    return condition.build();
  }

  private static void merge(String json, Message.Builder builder) {
    try {
      JsonFormat.parser().merge(json, builder);
    } catch (InvalidProtocolBufferException exception) {
      throw new IllegalStateException("A stored rule is not readable", exception);
    }
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
