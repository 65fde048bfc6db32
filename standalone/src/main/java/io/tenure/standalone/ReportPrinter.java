package io.tenure.standalone;

import java.io.PrintWriter;
import java.util.Locale;

/** The report as a person reads it. */
final class ReportPrinter {

  private final PrintWriter out;

  ReportPrinter(PrintWriter out) {
    this.out = out;
  }

  void print(DemoReport report) {
    DemoReport.Balance balance = report.balance();
    line("");
    line("Every acknowledged record is accounted for: %s", balance.even() ? "yes" : "NO");
    line(
        "  %,d acknowledged = %,d stored + %,d applied to profiles + %,d withheld + %,d"
            + " quarantined + %,d duplicates + %,d refused",
        balance.acknowledged(),
        balance.stored(),
        balance.applied(),
        balance.withheld(),
        balance.quarantined(),
        balance.duplicates(),
        balance.refused());
    line("");
    line("From download to first transfer within 7 days            found      true");
    for (DemoReport.Step step : report.funnel()) {
      line(
          "  %-48s %,9d %,9d  %5.1f %%",
          step.name(), step.users(), step.trueUsers(), 100 * step.totalRate());
    }
    line("");
    line("Segments                                                 found      true");
    for (DemoReport.Members segment : report.segments()) {
      line(
          "  %-48s %,9d %9s",
          segment.id(),
          segment.members(),
          segment.trueMembers() < 0 ? "" : "%,d".formatted(segment.trueMembers()));
    }
    line("");
    line(
        "Flag %s for %,d customers: %s",
        report.flag().flagKey(), report.flag().asked(), report.flag().variants());
    line("");
    DemoReport.Backtest test = report.backtest();
    line("Rule %s against the past (week by week, no look ahead)", test.ruleId());
    line(
        "  warned %,d (true %,d), of these lost %,d (true %,d)",
        test.warned(), test.trueWarned(), test.warnedLost(), test.trueWarnedLost());
    line(
        "  precision %.1f %% (95 %% interval %.1f to %.1f), base rate %.1f %%, lift %.1f, recall"
            + " %.1f %%",
        100 * test.precision(),
        100 * test.interval().getFirst(),
        100 * test.interval().getLast(),
        100 * test.baseRate(),
        test.lift(),
        100 * test.recall());
    line("");
    DemoReport.Raised alert = report.alert();
    line(
        "Sweep as of now: %,d customers match, %,d alerts raised, %,d received by the webhook",
        alert.matched(), alert.raised(), alert.received());
    line("  for example: %s", alert.explanation());
    line("");
    line("Services: %s", report.health());
    line("Seconds: %s, memory: %,d MB", report.seconds(), report.memoryMegabytes());
    line("");
    out.flush();
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
