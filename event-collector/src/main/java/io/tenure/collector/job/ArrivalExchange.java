package io.tenure.collector.job;

import io.tenure.collector.domain.arrivals.ArrivalWatch;
import io.tenure.platform.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Tells the watch once a second what is watched. */
public final class ArrivalExchange {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalExchange.class);

  private final ArrivalWatch watch;

  /** Exchanges for a watch. */
  public ArrivalExchange(ArrivalWatch watch) {
    this.watch = watch;
  }

  @Scheduled(fixedDelayString = "${tenure.collector.arrivals-interval:1s}")
  void exchange() {
    try {
      watch.exchange();
    } catch (Failure away) {
      // The view says so itself; events are taken all the same.
      LOG.debug("Arrivals can't be shown: {}", away.text());
    }
  }
}
