package io.tenure.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU seconds that a process has used, by part; the part of a thread follows from its name. Linux
 * only.
 *
 * @param total of the process, with the threads that have ended
 * @param parts of the threads that live
 */
public record CpuTimes(double total, Map<String, Double> parts) {

  /** What the kernel counts in, fixed for everything user programs see. */
  private static final double TICKS_PER_SECOND = 100;

  /** Beginnings of thread names, in the order they are tried; the kernel keeps 15 characters. */
  private static final List<Map.Entry<String, String>> PARTS =
      List.of(
          Map.entry("ForkJoinPool", "requests and rpc"),
          Map.entry("event-log", "log writer"),
          Map.entry("rocksdb", "log compaction"),
          Map.entry("relay", "relay"),
          Map.entry("VM Thread", "gc"),
          Map.entry("GC ", "gc"),
          Map.entry("G1 ", "gc"),
          Map.entry("C1 ", "jit"),
          Map.entry("C2 ", "jit"),
          Map.entry("http-nio", "http poller"));

  /** What a process has used. */
  public static CpuTimes of(long pid) {
    Map<String, Double> parts = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      threads.forEach(
          thread -> {
            String stat = read(thread.resolve("stat"));
            if (!stat.isEmpty()) {
              parts.merge(part(name(stat)), seconds(stat), Double::sum);
            }
          });
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    return new CpuTimes(seconds(read(Path.of("/proc", Long.toString(pid), "stat"))), parts);
  }

  /** What was used since an earlier look; a thread that ended meanwhile is in "rest". */
  public CpuTimes since(CpuTimes before) {
    Map<String, Double> used = new TreeMap<>();
    parts.forEach(
        (part, seconds) ->
            used.put(part, Math.max(0, seconds - before.parts.getOrDefault(part, 0.0))));
    double known = used.values().stream().mapToDouble(Double::doubleValue).sum();
    used.merge("rest", Math.max(0, total - before.total - known), Double::sum);
    return new CpuTimes(total - before.total, used);
  }

  /** The words of the command that runs a process, separated by spaces. */
  public static String commandLine(long pid) {
    return read(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
  }

  private static String part(String thread) {
    return PARTS.stream()
        .filter(entry -> thread.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("rest");
  }

  private static String name(String stat) {
    return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  }

  private static double seconds(String stat) {
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Empty when the thread has ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException ended) {
      return "";
    }
  }
}
