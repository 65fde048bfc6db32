package io.tenure.alert;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.proto.condition.v1.EventCondition;
import io.tenure.proto.segment.v1.EvaluateRequest;
import io.tenure.proto.segment.v1.EvaluateResponse;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A segment service over a handful of users and the days they were active, that counts events
 * within a window, and fails on a negative count as the real one does.
 */
final class SegmentStub extends SegmentServiceGrpc.SegmentServiceImplBase {

  static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

  private final TreeMap<Integer, Set<Integer>> activeDays = new TreeMap<>();

  SegmentStub active(int user, int... days) {
    Set<Integer> all = activeDays.computeIfAbsent(user, key -> new TreeSet<>());
    for (int day : days) {
      all.add(day);
    }
    return this;
  }

  static Instant day(int number) {
    return FIRST_DAY.plus(Duration.ofDays(number));
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> reply) {
    EventCondition event = request.getCondition().getEvent();
    if (event.getCount() < 0) {
      reply.onError(
          FailureStatus.toStatus(Failure.invalid("condition.event.count", "must not be negative")));
      return;
    }
    Instant asOf = Instant.ofEpochSecond(request.getAsOfTime().getSeconds());
    EvaluateResponse.Builder response = EvaluateResponse.newBuilder();
    activeDays.forEach(
        (user, days) -> {
          long count = days.stream().filter(day -> isInside(event, day(day), asOf)).count();
          if (fulfils(event, count)) {
            response.addUserNumbers(user);
          }
        });
    response.setTotalSize(response.getUserNumbersCount());
    reply.onNext(request.getCountOnly() ? response.clearUserNumbers().build() : response.build());
    reply.onCompleted();
  }

  private static boolean isInside(EventCondition event, Instant time, Instant asOf) {
    Instant start =
        switch (event.getWindow().getKindCase()) {
          case LAST -> asOf.minusSeconds(event.getWindow().getLast().getSeconds());
          case INTERVAL ->
              Instant.ofEpochSecond(event.getWindow().getInterval().getStartTime().getSeconds());
          case KIND_NOT_SET -> Instant.MIN;
        };
    Instant end =
        event.getWindow().hasInterval()
            ? Instant.ofEpochSecond(event.getWindow().getInterval().getEndTime().getSeconds())
            : asOf;
    return !time.isBefore(start) && time.isBefore(end) && time.isBefore(asOf);
  }

  private static boolean fulfils(EventCondition event, long count) {
    return switch (event.getOperator()) {
      case OPERATOR_LESS -> count < event.getCount();
      case OPERATOR_GREATER_OR_EQUAL -> count >= event.getCount();
      default -> throw new IllegalArgumentException(event.getOperator().name());
    };
  }
}
