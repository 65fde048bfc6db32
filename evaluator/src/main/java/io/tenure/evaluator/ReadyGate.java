package io.tenure.evaluator;

import java.time.Instant;
import java.util.List;

/** A gate, made ready to be asked often. */
final class ReadyGate {

  private final Gate gate;
  private final ReadyDealing dealing;
  private final Instant[] starts;
  private final ReadyPlace[] places;
  private final boolean inside;

  ReadyGate(Gate gate) {
    this.gate = gate;
    this.dealing = new ReadyDealing(gate.dealing());
    this.inside = !(gate instanceof Gate.Holdout);
    List<Gate.Stage> stages =
        gate instanceof Gate.Enrolment enrolment ? enrolment.stages() : List.of();
    this.starts = stages.stream().map(Gate.Stage::from).toArray(Instant[]::new);
    this.places =
        switch (gate) {
          case Gate.Layer(String _, Place place) -> new ReadyPlace[] {ready(place.stretches())};
          case Gate.Holdout(String _, Place place) -> new ReadyPlace[] {ready(place.stretches())};
          case Gate.Enrolment _ ->
              stages.stream()
                  .map(stage -> ready(List.of(stage.enrolled())))
                  .toArray(ReadyPlace[]::new);
        };
  }

  private ReadyPlace ready(List<Stretch> stretches) {
    return new ReadyPlace(dealing, stretches);
  }

  Gate gate() {
    return gate;
  }

  ReadyDealing dealing() {
    return dealing;
  }

  /** Whether a unit of a bucket passes. */
  boolean lets(long bucket, Instant now) {
    if (starts.length == 0) {
      return places.length > 0 && places[0].contains(bucket) == inside;
    }
    for (int stage = starts.length - 1; stage >= 0; stage--) {
      if (!now.isBefore(starts[stage])) {
        return places[stage].contains(bucket);
      }
    }
    return false;
  }
}
