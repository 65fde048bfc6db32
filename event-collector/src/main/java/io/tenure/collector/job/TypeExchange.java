package io.tenure.collector.job;

import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.platform.failure.Failure;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the types of all collectors the same. */
public final class TypeExchange {

  private static final Logger LOG = LoggerFactory.getLogger(TypeExchange.class);

  private final Catalogue catalogue;
  private final Clock clock;

  /** Exchanges for a catalogue. */
  public TypeExchange(Catalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${tenure.collector.settings-refresh:1s}")
  void exchange() {
    try {
      catalogue.exchange(clock.instant());
    } catch (Failure away) {
      // Records are taken all the same; what is new waits in the log until it is agreed on.
      LOG.debug("Types were not exchanged: {}", away.text());
    }
  }
}
