package io.tenure.benchmarks.analysis;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as Markdown. */
final class AnalysisReport {

  private final List<String> lines = new ArrayList<>();

  AnalysisReport(AnalysisPlan plan) {
    add(
        "%s %s, %s, %d processors, Java %s; service %s; load average %.1f at the start; %d runs.",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.runtime.version"),
        String.join(" ", plan.jvm()),
        load(),
        plan.runs());
  }

  void line(String text, Object... values) {
    add(text, values);
  }

  void head(String title) {
    add("");
    add("**%s**", title);
    add("");
    add(
        "| question | by | median / worst s | CPU s: engine + service | rows read | peak MB: engine"
            + " + service | wall, to plain SQL | CPU, to plain SQL | answers |");
    add("|---|---|---:|---:|---:|---:|---:|---:|---|");
  }

  void row(String question, String by, Cost cost, Cost baseline, String answers) {
    add(
        "| %s | %s | %.3f / %.3f | %.3f + %.3f | %,d | %,.0f + %,.0f | %.2f | %.2f | %s |",
        question,
        by,
        cost.median(),
        cost.worst(),
        cost.engineCpu(),
        cost.serviceCpu(),
        cost.rows(),
        cost.memory(),
        cost.serviceMemory(),
        cost.median() / baseline.median(),
        cost.cpu() / baseline.cpu(),
        answers);
  }

  void givenUp(String question, String by, String why) {
    add("| %s | %s | %s | | | | | | |", question, by, why);
  }

  String text() {
    add("");
    add("Load average %.1f at the end.", load());
    return String.join("\n", lines) + "\n";
  }

  private void add(String text, Object... values) {
    String line = String.format(Locale.ROOT, text, values);
    lines.add(line);
    System.err.println(line);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
