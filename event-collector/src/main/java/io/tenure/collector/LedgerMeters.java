package io.tenure.collector;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Shows the books as metrics: what the log itself counted since it was created, restarts included.
 * Received is the sum of the outcomes.
 */
final class LedgerMeters {

  private static final LogCounts NOTHING = new LogCounts(0, 0, Map.of(), Map.of(), 0, 0, 0);

  private final EventLog log;
  private final MeterRegistry meters;

  LedgerMeters(EventLog log, MeterRegistry meters) {
    this.log = log;
    this.meters = meters;
  }

  /** Shows a project from now on. */
  void show(ProjectId project) {
    Page page = new Page(log, project);
    add(page, "accepted", LogCounts::accepted);
    add(page, "duplicate", LogCounts::duplicate);
    add(page, "quarantined", LogCounts::quarantinedTotal);
    add(page, "refused", LogCounts::refusedTotal);
  }

  private void add(Page page, String outcome, ToDoubleFunction<LogCounts> count) {
    // The function holds the page; a meter alone would let it go.
    FunctionCounter.builder(
            CollectorMeter.LEDGER.id(), page, ignored -> count.applyAsDouble(page.counts()))
        .description(CollectorMeter.LEDGER.description())
        .tag("project", page.project.value())
        .tag("outcome", outcome)
        .register(meters);
  }

  /** While the log can't be read, the last counts stand: a counter must not fall. */
  private static final class Page {

    private final EventLog log;
    private final ProjectId project;
    private volatile LogCounts last = NOTHING;

    Page(EventLog log, ProjectId project) {
      this.log = log;
      this.project = project;
    }

    LogCounts counts() {
      try {
        last = log.counts(project);
      } catch (Failure away) {
        return last;
      }
      return last;
    }
  }
}
