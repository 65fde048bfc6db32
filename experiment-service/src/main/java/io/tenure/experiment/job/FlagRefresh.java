package io.tenure.experiment.job;

import io.tenure.experiment.domain.serving.FlagSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings changes of flags into memory, and says once when it cannot and once when it can again. */
@Component
public class FlagRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(FlagRefresh.class);

  private final FlagSnapshots snapshots;
  private boolean failing;

  FlagRefresh(FlagSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  @Scheduled(fixedDelayString = "${tenure.experiment.refresh-interval:250ms}")
  void refresh() {
    int failed = snapshots.refresh();
    if (failed > 0 && !failing) {
      LOG.warn("The flag store does not answer; {} projects are served from memory", failed);
    } else if (failed == 0 && failing) {
      LOG.info("The flag store answers again");
    }
    failing = failed > 0;
  }
}
