package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Shares;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start fixed, and what happened since.
 *
 * @param start when units were dealt first
 * @param pause since when it deals nobody; null while it runs
 * @param stop when it ended; null until then
 * @param stages shares by time, ascending
 * @param parts what it owns of its layer
 * @param registration the design as it was registered
 * @param decided variant that was decided for; empty when none was
 */
public record Run(
    Instant start,
    @Nullable Instant pause,
    @Nullable Instant stop,
    List<Stage> stages,
    List<Part> parts,
    String registration,
    String decided) {

  /** Copies the lists. */
  public Run {
    stages = List.copyOf(stages);
    parts = List.copyOf(parts);
  }

  /** A run that begins. */
  static Run begin(Instant now, List<RampStage> ramp, List<Part> parts, String registration) {
    List<Stage> stages =
        ramp.isEmpty()
            ? List.of(new Stage(now, Shares.WHOLE))
            : ramp.stream()
                .map(stage -> new Stage(now.plus(stage.after()), stage.share()))
                .toList();
    return new Run(now, null, null, stages, parts, registration, "");
  }

  /** SHA-256 of the registration's UTF-8 bytes, hexadecimal. */
  public String fingerprint() {
    try {
      byte[] bytes = registration.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The share that takes part at an instant, pauses not counted. */
  public int share(Instant now) {
    int share = 0;
    for (Stage stage : stages) {
      if (!stage.from().isAfter(now)) {
        share = stage.share();
      }
    }
    return share;
  }

  /** Whether more units will take part than do now. */
  public boolean isRamping(Instant now) {
    return stages.getLast().share() > share(now);
  }

  /** More units from now on; stages to come that want no more than that are left out. */
  Run ramp(int share, Instant now) {
    List<Stage> ramped = new ArrayList<>();
    stages.stream().filter(stage -> !stage.from().isAfter(now)).forEach(ramped::add);
    ramped.add(new Stage(now, share));
    stages.stream()
        .filter(stage -> stage.from().isAfter(now) && stage.share() > share)
        .forEach(ramped::add);
    return new Run(start, pause, stop, ramped, parts, registration, decided);
  }

  Run paused(Instant now) {
    return new Run(start, now, stop, stages, parts, registration, decided);
  }

  /** Stages to come wait as long as the pause was. */
  Run resumed(Instant now) {
    Instant since = pause == null ? now : pause;
    Duration length = Duration.between(since, now);
    List<Stage> shifted =
        stages.stream()
            .map(
                stage ->
                    stage.from().isAfter(since)
                        ? new Stage(stage.from().plus(length), stage.share())
                        : stage)
            .toList();
    return new Run(start, null, stop, shifted, parts, registration, decided);
  }

  Run stopped(Instant now) {
    return new Run(start, null, pause == null ? now : pause, stages, parts, registration, decided);
  }

  Run decided(String variant) {
    return new Run(start, pause, stop, stages, parts, registration, variant);
  }
}
