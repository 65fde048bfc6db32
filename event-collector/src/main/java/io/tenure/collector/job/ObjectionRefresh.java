package io.tenure.collector.job;

import io.tenure.collector.domain.consent.ConsentWatch;
import io.tenure.platform.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Hears of people who object a few seconds after they did. */
public final class ObjectionRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectionRefresh.class);

  private final ConsentWatch watch;

  /** Refreshes a watch. */
  public ObjectionRefresh(ConsentWatch watch) {
    this.watch = watch;
  }

  @Scheduled(fixedDelayString = "${tenure.collector.objections-refresh:2s}")
  void refresh() {
    try {
      watch.refresh();
    } catch (Failure away) {
      LOG.debug("Objections were not read: {}", away.text());
    }
  }
}
