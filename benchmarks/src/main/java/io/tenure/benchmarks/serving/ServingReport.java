package io.tenure.benchmarks.serving;

import io.tenure.benchmarks.Machine;
import io.tenure.benchmarks.load.CpuTimes;
import io.tenure.benchmarks.load.LoadResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The results as Markdown. */
final class ServingReport {

  private final List<String> loads = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private final String head;

  ServingReport(ServingPlan plan, int bytes) {
    this.head =
        format(
            "%s; platform with %s. %d flags, a full reply has %,d bytes; warm-up %d s, %d s per"
                + " measurement.",
            Machine.describe(),
            String.join(" ", Options.jvm()),
            plan.flags(),
            bytes,
            plan.warmUp().toSeconds(),
            plan.measure().toSeconds());
  }

  /**
   * A load at a rate.
   *
   * @param cpu of the platform meanwhile
   */
  void load(String what, double rate, LoadResult result, CpuTimes cpu) {
    loads.add(
        format(
            "| %s | %,.0f | %,.0f | %.2f | %.2f | %.1f | %.0f | %s |",
            what,
            rate,
            result.requestsPerSecond(),
            result.p50(),
            result.p99(),
            result.longest(),
            cpu.total() * 1e6 / Math.max(1, result.requests()),
            result.failures().isEmpty() ? "none" : result.failures()));
    System.err.println(loads.getLast());
  }

  /**
   * Changes in one direction.
   *
   * @param where they were made
   * @param there who was asked for them
   */
  void changes(String where, String there, Changes.Delays delays) {
    change(where + ", until it is answered", delays.accepted(), "");
    change(where + ", until " + there + " answers with it", delays.seen(), "");
    change(
        where + ", until the event stream says so",
        delays.told(),
        format("; %d of %d fetched the value before", delays.stale(), delays.told().length));
  }

  private void change(String what, long[] nanos, String more) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    changes.add(
        format(
            "| %s | %.1f | %.1f | %.1f | %d%s |",
            what,
            LoadResult.quantile(sorted, 0.5),
            LoadResult.quantile(sorted, 0.99),
            LoadResult.quantile(sorted, 1),
            sorted.length,
            more));
    System.err.println(changes.getLast());
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(head);
    lines.add("");
    lines.add(
        "| open loop | requests/s asked | answered | p50 ms | p99 ms | longest ms | µs of CPU a"
            + " request, platform | failures |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---|");
    lines.addAll(loads);
    lines.add("");
    lines.add("| a change of a flag, from when it is sent | p50 ms | p99 ms | max ms | changes |");
    lines.add("|---|---:|---:|---:|---|");
    lines.addAll(changes);
    lines.add("");
    lines.add("At the end: " + Machine.describe());
    return String.join("\n", lines) + "\n";
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
