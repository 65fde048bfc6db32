package io.tenure.alert.job;

import io.tenure.alert.domain.Rule;
import io.tenure.alert.domain.sweep.Sweeper;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for rules whose sweep is due. A rule that fails is tried again at the next look. */
@Component
public final class SweepJob {

  private static final Logger LOG = LoggerFactory.getLogger(SweepJob.class);

  private final Sweeper sweeper;

  /** A job for this sweeper. */
  public SweepJob(Sweeper sweeper) {
    this.sweeper = sweeper;
  }

  /** One look. */
  @Scheduled(
      initialDelayString = "${tenure.alert.sweep-tick:30s}",
      fixedDelayString = "${tenure.alert.sweep-tick:30s}")
  public void run() {
    try {
      for (ProjectId project : sweeper.projects()) {
        sweeper.due(project).forEach(rule -> sweep(project, rule));
      }
    } catch (Failure failure) {
      LOG.warn("The due rules could not be read: {}", failure.text());
    }
  }

  private void sweep(ProjectId project, Rule rule) {
    try {
      sweeper.sweepDue(project, rule);
    } catch (Failure failure) {
      LOG.warn("The sweep of {} in {} failed: {}", rule.id(), project, failure.text());
    }
  }
}
