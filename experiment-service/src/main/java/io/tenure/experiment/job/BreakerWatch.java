package io.tenure.experiment.job;

import io.tenure.experiment.domain.result.CircuitBreaker;
import io.tenure.experiment.domain.serving.FlagSnapshots;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for experiments that do harm, in every project whose flags are in use. */
@Component
public class BreakerWatch {

  private static final Logger LOG = LoggerFactory.getLogger(BreakerWatch.class);

  private final FlagSnapshots snapshots;
  private final CircuitBreaker breaker;

  BreakerWatch(FlagSnapshots snapshots, CircuitBreaker breaker) {
    this.snapshots = snapshots;
    this.breaker = breaker;
  }

  @Scheduled(
      initialDelayString = "${tenure.experiment.breaker-interval:5m}",
      fixedDelayString = "${tenure.experiment.breaker-interval:5m}")
  void watch() {
    for (ProjectId project : snapshots.projects()) {
      try {
        breaker
            .check(project)
            .forEach(
                experiment ->
                    LOG.atWarn()
                        .addKeyValue("project", project.value())
                        .addKeyValue("experiment", experiment)
                        .log("An experiment did harm and was ended"));
      } catch (Failure failure) {
        LOG.atWarn()
            .addKeyValue("project", project.value())
            .addKeyValue("reason", failure.reason())
            .log("Experiments could not be looked at; they go on");
      }
    }
  }
}
