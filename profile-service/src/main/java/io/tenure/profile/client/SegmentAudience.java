package io.tenure.profile.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.RuleAudience;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.segment.v1.EvaluateRequest;
import io.tenure.proto.segment.v1.EvaluateResponse;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import io.tenure.proto.segment.v1.SegmentServiceGrpc.SegmentServiceBlockingStub;
import java.time.Instant;
import java.util.List;

/** Asks the segment service, the one interpreter of conditions. */
public final class SegmentAudience implements RuleAudience {

  private static final int LARGEST_REPLY = 256 << 20;

  private final SegmentServiceBlockingStub segments;

  /** An audience behind this channel. */
  public SegmentAudience(Channel channel) {
    this.segments =
        SegmentServiceGrpc.newBlockingStub(channel).withMaxInboundMessageSize(LARGEST_REPLY);
  }

  @Override
  public long[] matching(ProjectId project, String condition, Instant asOf) {
    return evaluate(project, condition, asOf, false).getUserNumbersList().stream()
        .mapToLong(Integer::toUnsignedLong)
        .sorted()
        .toArray();
  }

  /** Evaluates the condition before any event, which costs next to nothing. */
  @Override
  public void check(ProjectId project, String condition, String field) {
    try {
      evaluate(project, condition, Instant.EPOCH.plusSeconds(1), true);
    } catch (Failure failure) {
      if (failure.reason() != Reason.INVALID_ARGUMENT) {
        throw failure;
      }
      throw Failure.invalid(
          failure.violations().isEmpty()
              ? List.of(new FieldViolation(field, failure.text()))
              : failure.violations().stream().map(one -> below(one, field)).toList());
    }
  }

  private static FieldViolation below(FieldViolation violation, String field) {
    return new FieldViolation(
        violation.field().replaceFirst("^condition\\b", field), violation.description());
  }

  private EvaluateResponse evaluate(
      ProjectId project, String condition, Instant asOf, boolean countOnly) {
    EvaluateRequest request =
        EvaluateRequest.newBuilder()
            .setCondition(read(condition))
            .setAsOfTime(Timestamps.fromMillis(asOf.toEpochMilli()))
            .setCountOnly(countOnly)
            .build();
    try {
      return CallerContext.as(
          Caller.service(project, "profile-service"), () -> segments.evaluate(request));
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static Condition read(String json) {
    Condition.Builder condition = Condition.newBuilder();
    try {
      JsonFormat.parser().merge(json, condition);
    } catch (InvalidProtocolBufferException exception) {
      throw new IllegalStateException("A stored condition is not readable", exception);
    }
    return condition.build();
  }
}
