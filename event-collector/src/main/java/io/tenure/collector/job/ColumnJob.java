package io.tenure.collector.job;

import io.tenure.collector.domain.column.PropertyColumns;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Carries on with columns of properties: what a crash cut short, and what takes its time. */
public final class ColumnJob {

  private static final Logger LOG = LoggerFactory.getLogger(ColumnJob.class);

  private final PropertyColumns columns;

  /** Looks after the given columns. */
  public ColumnJob(PropertyColumns columns) {
    this.columns = columns;
  }

  @Scheduled(
      initialDelayString = "${tenure.collector.columns.interval:1m}",
      fixedDelayString = "${tenure.collector.columns.interval:1m}")
  void run() {
    try {
      columns.settle();
      columns.complete();
    } catch (Failure failure) {
      if (failure.reason() == Reason.UNAVAILABLE || failure.reason() == Reason.ABORTED) {
        LOG.debug("Columns were not looked after: {}", failure.text());
      } else {
        LOG.warn("Columns were not looked after: {}", failure.text(), failure);
      }
    }
  }
}
