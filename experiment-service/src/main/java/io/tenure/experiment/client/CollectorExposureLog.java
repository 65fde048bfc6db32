package io.tenure.experiment.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.exposure.Dealt;
import io.tenure.experiment.domain.exposure.ExposureLog;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.CollectorServiceGrpc;
import io.tenure.proto.event.v1.EventOutcome;
import io.tenure.proto.event.v1.NewEvent;
import io.tenure.proto.event.v1.PropertyValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Sends exposures to the collector, as events like all others. */
public final class CollectorExposureLog implements ExposureLog {

  static final String NAME = "experiment_exposure";

  private final CollectorServiceGrpc.CollectorServiceBlockingStub collector;

  /** A log behind the collector's channel. */
  public CollectorExposureLog(Channel collector) {
    this.collector = CollectorServiceGrpc.newBlockingStub(collector);
  }

  @Override
  public List<Verdict> write(List<Seen> exposures) {
    CollectRequest.Builder request = CollectRequest.newBuilder();
    exposures.forEach(exposure -> request.addEvents(event(exposure)));
    try {
      return collector.collect(request.build()).getOutcomesList().stream()
          .map(CollectorExposureLog::verdict)
          .toList();
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static NewEvent event(Seen seen) {
    Dealt dealt = seen.dealt();
    NewEvent.Builder event =
        NewEvent.newBuilder()
            .setEventId(seen.id())
            .setLoginId(seen.loginId())
            .setAnonymousId(seen.anonymousId())
            .setName(NAME)
            .putProperties("experiment", text(dealt.experiment()))
            .putProperties("phase", PropertyValue.newBuilder().setInteger(dealt.phase()).build())
            .putProperties("variant", text(dealt.variant()))
            .putProperties("flag", text(dealt.flag()))
            .putProperties("unit_type", text(dealt.unitType().name().toLowerCase(Locale.ROOT)))
            .putProperties("unit", text(dealt.unit()));
    Instant time = seen.time();
    if (time != null) {
      event.setEventTime(Fields.timestamp(time));
    }
    return event.build();
  }

  private static PropertyValue text(String text) {
    return PropertyValue.newBuilder().setText(text).build();
  }

  private static Verdict verdict(EventOutcome outcome) {
    return switch (outcome.getResult()) {
      case RESULT_ACCEPTED -> new Verdict.Accepted();
      case RESULT_DUPLICATE -> new Verdict.Duplicate();
      case RESULT_QUARANTINED, RESULT_REFUSED, RESULT_UNSPECIFIED, UNRECOGNIZED ->
          new Verdict.Refused(outcome.getReason());
    };
  }
}
