package io.tenure.benchmarks.profile;

import io.tenure.benchmarks.load.CpuTimes;
import io.tenure.benchmarks.load.LoadResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as Markdown. */
final class ProfileReport {

  private final List<String> applied = new ArrayList<>();
  private final List<String> read = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private final String head;

  ProfileReport(ProfilePlan plan) {
    this.head =
        format(
            "%s %s, %d processors, Java %s, %s; load average %.1f at the start; %,d users.",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.runtime.version"),
            String.join(" ", plan.jvm()),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
            plan.users());
  }

  void apply(String name, double perSecond, CpuTimes service, CpuTimes redis, long records) {
    double micros = service.total() * 1e6 / records;
    double collecting = service.parts().getOrDefault("gc", 0.0) * 1e6 / records;
    double compiling = service.parts().getOrDefault("jit", 0.0) * 1e6 / records;
    applied.add(
        format(
            "| %s | %,.0f | %.1f | %.1f | %.1f | %.1f | %,.0f |",
            name,
            perSecond,
            micros,
            collecting,
            compiling,
            redis.total() * 1e6 / records,
            1e6 / micros));
    System.err.println(applied.getLast());
  }

  void baseline(String name, double perSecond) {
    applied.add(format("| %s | %,.0f | | | | | |", name, perSecond));
  }

  void memory(double all, double profile, int users) {
    rest.add(
        format(
            "Redis: %,.0f bytes a user in all, %,.0f of them the profile with its key; %,.2f GB for"
                + " %,d users.",
            all, profile, all * users / 1e9, users));
    System.err.println(rest.getLast());
  }

  void read(String name, LoadResult full, LoadResult half, CpuTimes cpu, double ratio) {
    double collecting = cpu.parts().getOrDefault("gc", 0.0);
    read.add(
        format(
            "| %s | %,.0f | %.2f / %.2f ms | %.2f / %.2f ms (%,.0f/s) | %.0f | %.1f %% | %.2f | %s"
                + " |",
            name,
            full.requestsPerSecond(),
            full.p50(),
            full.p99(),
            half.p50(),
            half.p99(),
            half.requestsPerSecond(),
            cpu.total() * 1e6 / half.requests(),
            100 * collecting / half.seconds(),
            ratio,
            full.failures().isEmpty() && half.failures().isEmpty()
                ? "none"
                : full.failures() + " " + half.failures()));
    System.err.println(read.getLast());
  }

  void rebuild(double perSecond, double micros) {
    rest.add(
        format(
            "Rebuild of an empty Redis: %,.0f profiles/s, %.0f µs of CPU each.",
            perSecond, micros));
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(head);
    lines.add("");
    lines.add(
        "| apply | records/s | µs of CPU a record, platform with ClickHouse | of it gc | jit |"
            + " Redis | records per CPU second of the platform |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|");
    lines.addAll(applied);
    lines.add("");
    lines.add(
        "| read | calls/s at full load | p50/p99 | at half load p50/p99 | µs of CPU a call there,"
            + " platform | time in gc there | of the bare read | failures |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---|");
    lines.addAll(read);
    lines.add("");
    lines.addAll(rest);
    lines.add(
        format(
            "Load average %.1f at the end.",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    return String.join("\n", lines) + "\n";
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
