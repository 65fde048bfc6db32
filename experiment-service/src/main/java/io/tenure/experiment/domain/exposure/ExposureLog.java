package io.tenure.experiment.domain.exposure;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps exposures among the events of the caller's project. */
@FunctionalInterface
public interface ExposureLog {

  /**
   * Writes exposures down, each once.
   *
   * @return what became of each, in their order
   * @throws io.tenure.platform.failure.Failure when nothing is known to be kept
   */
  List<Verdict> write(List<Seen> exposures);

  /**
   * An exposure.
   *
   * @param id the same whenever the same unit sees the same variant in the same run
   * @param dealt what was seen
   * @param time when; null for now
   * @param loginId of who saw it; empty for none
   * @param anonymousId of who saw it; empty for none
   */
  record Seen(String id, Dealt dealt, @Nullable Instant time, String loginId, String anonymousId) {}

  /** What became of one. */
  sealed interface Verdict {
    /** It is on disk. */
    record Accepted() implements Verdict {}

    /** It was there already. */
    record Duplicate() implements Verdict {}

    /** It is not kept. */
    record Refused(String reason) implements Verdict {}
  }
}
