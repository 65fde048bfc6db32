package io.tenure.experiment.api;

import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.Change;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Move;
import io.tenure.experiment.domain.experiment.Part;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.experiment.Stage;
import io.tenure.experiment.domain.experiment.State;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.experiment.v1.ExperimentChange;
import io.tenure.proto.experiment.v1.ExperimentRun;
import io.tenure.proto.experiment.v1.ExperimentState;
import io.tenure.proto.experiment.v1.LayerPart;
import io.tenure.proto.experiment.v1.MoveExperimentRequest;
import java.time.Instant;

/** Experiments and their moves, from and to their messages. */
final class ExperimentMessages {

  private ExperimentMessages() {}

  static Move move(MoveExperimentRequest message) {
    return switch (message.getMoveCase()) {
      case SUBMIT -> new Move.Submit();
      case APPROVE -> new Move.Approve();
      case SEND_BACK -> new Move.SendBack();
      case START -> new Move.Start();
      case RAMP -> new Move.Ramp(message.getRamp().getShare());
      case PAUSE -> new Move.Pause();
      case RESUME -> new Move.Resume();
      case STOP -> new Move.Stop();
      case DECIDE -> new Move.Decide(message.getDecide().getVariant());
      case REVISE -> new Move.Revise();
      case ARCHIVE -> new Move.Archive();
      case MOVE_NOT_SET -> throw Failure.invalid("move", "needs exactly one move");
    };
  }

  static io.tenure.proto.experiment.v1.Experiment write(Stored<Experiment> stored, Instant now) {
    Experiment experiment = stored.content();
    io.tenure.proto.experiment.v1.Experiment.Builder message =
        io.tenure.proto.experiment.v1.Experiment.newBuilder()
            .setKey(experiment.key())
            .setState(state(experiment, now))
            .setPhase(experiment.phase())
            .setCreateTime(Fields.timestamp(stored.createTime()))
            .setUpdateTime(Fields.timestamp(stored.updateTime()))
            .setEtag(stored.etag());
    DesignMessages.write(experiment.design(), message);
    for (int phase = 1; phase <= experiment.runs().size(); phase++) {
      Run run = experiment.runs().get(phase - 1);
      boolean running = phase == experiment.phase() && experiment.state() == State.RUNNING;
      message.addRuns(write(run, running ? run.share(now) : 0));
    }
    return message.build();
  }

  private static ExperimentRun write(Run run, int currentShare) {
    ExperimentRun.Builder message =
        ExperimentRun.newBuilder()
            .setStartTime(Fields.timestamp(run.start()))
            .setCurrentShare(currentShare)
            .setRegistration(run.registration())
            .setRegistrationSha256(run.fingerprint())
            .setDecidedVariant(run.decided());
    Instant stop = run.stop();
    if (stop != null) {
      message.setStopTime(Fields.timestamp(stop));
    }
    for (Stage stage : run.stages()) {
      message
          .addStagesBuilder()
          .setStartTime(Fields.timestamp(stage.from()))
          .setShare(stage.share());
    }
    run.parts().forEach(part -> message.addLayerParts(write(part)));
    return message.build();
  }

  static LayerPart write(Part part) {
    return LayerPart.newBuilder()
        .setExperimentKey(part.experiment())
        .setFrom(part.from())
        .setTo(part.to())
        .build();
  }

  static ExperimentChange write(Change change) {
    ExperimentChange.Builder message =
        ExperimentChange.newBuilder()
            .setAction(change.action())
            .setTo(state(change.to()))
            .setAuthor(change.author())
            .setTime(Fields.timestamp(change.time()))
            .setComment(change.comment());
    State from = change.from();
    if (from != null) {
      message.setFrom(state(from));
    }
    return message.build();
  }

  private static ExperimentState state(Experiment experiment, Instant now) {
    Run run = experiment.run();
    boolean ramping = experiment.state() == State.RUNNING && run != null && run.isRamping(now);
    return ramping ? ExperimentState.EXPERIMENT_STATE_RAMPING : state(experiment.state());
  }

  private static ExperimentState state(State state) {
    return switch (state) {
      case DRAFT -> ExperimentState.EXPERIMENT_STATE_DRAFT;
      case IN_REVIEW -> ExperimentState.EXPERIMENT_STATE_IN_REVIEW;
      case APPROVED -> ExperimentState.EXPERIMENT_STATE_APPROVED;
      case RUNNING -> ExperimentState.EXPERIMENT_STATE_RUNNING;
      case PAUSED -> ExperimentState.EXPERIMENT_STATE_PAUSED;
      case STOPPED -> ExperimentState.EXPERIMENT_STATE_STOPPED;
      case DECIDED -> ExperimentState.EXPERIMENT_STATE_DECIDED;
      case ARCHIVED -> ExperimentState.EXPERIMENT_STATE_ARCHIVED;
    };
  }
}
