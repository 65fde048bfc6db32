package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.NativeDecoder;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.CollectResponse;
import io.tenure.proto.event.v1.EventOutcome;
import io.tenure.proto.event.v1.EventOutcome.Result;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Our own API's way into the intake. Unlike an SDK, its caller hears what became of each event. The
 * caller is a server, so its address says nothing about the user and is not kept.
 */
public final class NativeReception {

  private final Intake intake;
  private final Clock clock;

  /** Receives for an intake. */
  public NativeReception(Intake intake, Clock clock) {
    this.intake = intake;
    this.clock = clock;
  }

  /** Takes the events of a call; when it returns, they are on disk. */
  CollectResponse collect(ProjectId project, CollectRequest request) {
    byte[] json = NativeEvents.json(request.getEventsList());
    Arrival arrival = new Arrival(project, Instant.ofEpochMilli(clock.millis()));
    List<Outcome> outcomes = intake.takeEach(project, new NativeDecoder(arrival).decode(json));
    CollectResponse.Builder response = CollectResponse.newBuilder();
    for (int i = 0; i < outcomes.size(); i++) {
      response.addOutcomes(
          outcome(outcomes.get(i)).setEventId(request.getEvents(i).getEventId()).build());
    }
    return response.build();
  }

  private static EventOutcome.Builder outcome(Outcome outcome) {
    EventOutcome.Builder answer = EventOutcome.newBuilder();
    return switch (outcome) {
      case Outcome.Accepted accepted -> answer.setResult(Result.RESULT_ACCEPTED);
      case Outcome.Duplicate duplicate -> answer.setResult(Result.RESULT_DUPLICATE);
      case Outcome.Quarantined aside ->
          answer
              .setResult(Result.RESULT_QUARANTINED)
              .setReason(aside.reason().name())
              .setDetail(aside.detail());
      case Outcome.Refused refused ->
          answer.setResult(Result.RESULT_REFUSED).setReason(refused.reason().name());
    };
  }
}
