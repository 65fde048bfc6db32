package io.tenure.collector.domain.canary;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.NativeDecoder;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.nio.charset.StandardCharsets;

/** The collector's own intake, behind every public door. */
public final class IntakeDoor implements CanaryDoor {

  private final Intake intake;

  /** A door to an intake. */
  public IntakeDoor(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void send(CanaryEvent event) {
    String json =
        """
        {"event_id":"%s","name":"%s","anonymous_id":"%s","event_time":"%s"}
        """
            .formatted(event.id(), CanaryEvent.NAME, CanaryEvent.DEVICE, event.time());
    Arrival arrival = new Arrival(CanaryEvent.PROJECT, event.time());
    Outcome outcome =
        intake
            .takeEach(
                CanaryEvent.PROJECT,
                new NativeDecoder(arrival).decode(json.getBytes(StandardCharsets.UTF_8)))
            .getFirst();
    switch (outcome) {
      case Outcome.Accepted taken -> {}
      case Outcome.Duplicate again -> throw refused("DUPLICATE");
      case Outcome.Quarantined aside -> throw refused(aside.reason().name());
      case Outcome.Refused refused -> throw refused(refused.reason().name());
    }
  }

  private static Failure refused(String why) {
    return Failure.of(Reason.FAILED_PRECONDITION, "The intake did not accept it: " + why);
  }
}
