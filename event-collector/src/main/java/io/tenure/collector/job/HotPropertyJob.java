package io.tenure.collector.job;

import io.tenure.collector.domain.column.ColumnChange;
import io.tenure.collector.domain.column.HotProperties;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Looks for hot properties now and then, and tells what came of it. */
public final class HotPropertyJob {

  private static final Logger LOG = LoggerFactory.getLogger(HotPropertyJob.class);

  private final HotProperties properties;
  private final Consumer<String> counter;

  /**
   * Looks with the given eyes.
   *
   * @param counter counts the changes, by kind
   */
  public HotPropertyJob(HotProperties properties, Consumer<String> counter) {
    this.properties = properties;
    this.counter = counter;
  }

  @Scheduled(
      initialDelayString = "10m",
      fixedDelayString = "${tenure.collector.columns.automatic.interval:6h}")
  void run() {
    try {
      tell(properties.look());
    } catch (Failure failure) {
      if (failure.reason() == Reason.UNAVAILABLE || failure.reason() == Reason.ABORTED) {
        LOG.debug("Hot properties were not looked for: {}", failure.text());
      } else {
        LOG.warn("Hot properties were not looked for: {}", failure.text(), failure);
      }
    }
  }

  private void tell(ColumnChange change) {
    switch (change) {
      case ColumnChange.None nothing -> {}
      case ColumnChange.Promoted promoted -> {
        counter.accept("promoted");
        LOG.info(
            "Property {} is read often and has column {} now",
            promoted.column().property(),
            promoted.column().textColumn());
      }
      case ColumnChange.Retired retired -> {
        counter.accept("retired");
        LOG.info(
            "Property {} loses column {}: {}",
            retired.column().property(),
            retired.column().textColumn(),
            retired.cause());
      }
    }
  }
}
