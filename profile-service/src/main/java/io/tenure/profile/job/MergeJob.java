package io.tenure.profile.job;

import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.merge.Merger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Carries on merges that were left half done. */
@Component
public final class MergeJob {

  private static final Logger LOG = LoggerFactory.getLogger(MergeJob.class);

  private final Merger merger;

  /** A job of the given use case. */
  public MergeJob(Merger merger) {
    this.merger = merger;
  }

  /** Carries on what a process left that died, or that could not be ended then. */
  @Scheduled(
      initialDelayString = "${tenure.profile.merge-recovery-interval:15s}",
      fixedDelayString = "${tenure.profile.merge-recovery-interval:15s}")
  public void recover() {
    try {
      merger
          .recover()
          .forEach(merge -> LOG.info("Merge {} was carried on: {}", merge.id(), merge.state()));
    } catch (Failure failure) {
      LOG.warn("Merges were not carried on: {}", failure.text(), failure);
    }
  }
}
