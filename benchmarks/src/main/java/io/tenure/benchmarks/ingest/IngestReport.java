package io.tenure.benchmarks.ingest;

import io.tenure.benchmarks.load.LoadResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The results as Markdown. */
final class IngestReport {

  private final List<String> lines = new ArrayList<>();

  IngestReport(Plan plan, List<String> versions) {
    line(
        "Machine: %s, %d processors, load average %.1f at the start.",
        machine(), processors(), load());
    line(
        "Java %s, %s; %s.",
        System.getProperty("java.runtime.version"),
        String.join(" ", plan.jvm()),
        String.join(", ", versions));
    line(
        "Form: %s; warm-up %d s, %d s per measurement.",
        form(plan), plan.warmUp().toSeconds(), plan.measure().toSeconds());
    line("");
  }

  void rows(List<Row> rows) {
    line(
        "| door | traffic | events/s acknowledged | until queryable | full load ack p50/p99 | half"
            + " load ack p50/p99 | half load queryable p50/p99 | of the bare server | of the bare"
            + " log | failures |");
    line("|---|---|---:|---:|---:|---:|---:|---:|---:|---|");
    for (Row row : rows) {
      line(
          "| %s | %s | %,.0f | %,.0f | %.1f / %.1f ms | %.1f / %.1f ms (%,.0f/s) | %.0f / %.0f ms |"
              + " %.2f | %.2f | %s |",
          row.door(),
          row.traffic().name(),
          row.eventsPerSecond(),
          row.storedPerSecond(),
          row.full().p50(),
          row.full().p99(),
          row.half().p50(),
          row.half().p99(),
          row.half().requestsPerSecond() * row.traffic().batch(),
          LoadResult.quantile(row.queryable(), 0.5),
          LoadResult.quantile(row.queryable(), 0.99),
          row.full().requestsPerSecond() / row.discarded(),
          row.full().requestsPerSecond() / row.appended(),
          failures(row));
    }
    line("");
    cpu(rows);
  }

  private void cpu(List<Row> rows) {
    Set<String> parts = new TreeSet<>();
    rows.forEach(row -> parts.addAll(row.cpuPerMillion().keySet()));
    line("CPU seconds per million events, from the first request until all can be queried:");
    line("");
    line("| door | traffic | %s |", String.join(" | ", parts));
    line("|---|---|%s", "---:|".repeat(parts.size()));
    for (Row row : rows) {
      line(
          "| %s | %s | %s |",
          row.door(),
          row.traffic().name(),
          parts.stream()
              .map(part -> "%.1f".formatted(row.cpuPerMillion().getOrDefault(part, 0.0)))
              .collect(Collectors.joining(" | ")));
    }
    line("");
  }

  void memory(Map<String, List<MemoryWatch.Sample>> processes, double eventsPerSecond) {
    line(
        "Memory at %,.0f events/s through the gateway; the slopes are of the second half:",
        eventsPerSecond);
    line("");
    line(
        "| process | minutes | resident at half / end | resident per minute | old heap per minute"
            + " |");
    line("|---|---:|---:|---:|---:|");
    processes.forEach(
        (process, samples) -> {
          List<MemoryWatch.Sample> half = samples.subList(samples.size() / 2, samples.size());
          line(
              "| %s | %.1f | %.0f / %.0f MB | %+.2f MB | %+.2f MB |",
              process,
              samples.getLast().minutes(),
              half.getFirst().resident(),
              half.getLast().resident(),
              MemoryWatch.slope(half, MemoryWatch.Sample::resident),
              MemoryWatch.slope(half, MemoryWatch.Sample::oldHeap));
        });
    line("");
  }

  void end() {
    line("Load average %.1f at the end.", load());
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private static String failures(Row row) {
    return row.full().failures().isEmpty() && row.half().failures().isEmpty()
        ? "none"
        : row.full().failures() + " " + row.half().failures();
  }

  private static String form(Plan plan) {
    return switch (plan.form()) {
      case ONE_PROCESS -> "one process";
      case SIX_PROCESSES -> "six processes";
    };
  }

  private static String machine() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
