package io.tenure.benchmarks.ingest;

import io.tenure.benchmarks.load.Child;
import io.tenure.benchmarks.load.CpuTimes;
import io.tenure.benchmarks.load.LoadResult;
import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Measures what it costs to take events durably: starts the platform and the load generator as
 * processes of their own, drives one door with one kind of traffic at a time, first as fast as
 * answers come and then at half of that, and compares with a server that forgets everything and a
 * file that only remembers.
 */
public final class IngestBenchmark implements AutoCloseable {

  private static final Duration DRAIN = Duration.ofMinutes(3);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final int MEMORY_SECONDS = 5;

  /** So much of the generator's heap may hold prepared requests. */
  private static final long PREPARED_BYTES = 700L << 20;

  private final Plan plan;
  private final Path directory;
  private final Child platform;
  private final Child generator;
  private final Child baseline;
  private final PlatformProcess.Doors doors;
  private final EventTable table;
  private long expectedRows;

  private IngestBenchmark(Plan plan, Path directory) throws IOException {
    this.plan = plan;
    this.directory = directory;
    Path data = Files.createTempDirectory(directory, "data");
    this.platform =
        Child.start(
            PlatformProcess.class,
            jvm(plan, data),
            List.of(data.toString(), plan.form().name()),
            directory.resolve("platform.err"));
    this.generator =
        Child.start(
            LoadGenerator.class,
            List.of("-Xmx1g", "-XX:+UseSerialGC"),
            List.of(),
            directory.resolve("generator.err"));
    this.baseline =
        Child.start(
            BaselineServer.class,
            List.of("-Xmx128m", "-XX:+UseSerialGC"),
            List.of(),
            directory.resolve("baseline.err"));
    this.doors = Json.MAPPER.readValue(platform.answer(), PlatformProcess.Doors.class);
    this.table = new EventTable(doors);
  }

  /** Runs a plan and prints its report, which it also writes into a directory. */
  public static void run(String options, Path directory) throws IOException, InterruptedException {
    Plan plan = Plan.of(options);
    Files.createDirectories(directory);
    try (IngestBenchmark benchmark = new IngestBenchmark(plan, directory)) {
      IngestReport report = new IngestReport(plan, benchmark.versions());
      benchmark.measure(report);
      report.end();
      Files.writeString(
          directory.resolve(
              "ingest-"
                  + (plan.form() == Installation.Form.ONE_PROCESS ? "one" : "six")
                  + "-process.md"),
          report.text());
      System.out.print(report.text());
    }
  }

  private static List<String> jvm(Plan plan, Path data) {
    List<String> options = new ArrayList<>(plan.jvm());
    // Standard output is for the answer alone.
    options.add("-Xlog:jfr+startup=error");
    options.add("-Dtenure.log=" + data.resolve("tenure.log"));
    options.add("-Dlogback.configurationFile=tenure-logback.xml");
    options.add("-Dorg.springframework.boot.logging.LoggingSystem=none");
    return options;
  }

  private List<String> versions() {
    return List.of(
        "Tomcat " + org.apache.catalina.util.ServerInfo.getServerNumber(),
        "Spring " + org.springframework.core.SpringVersion.getVersion());
  }

  private void measure(IngestReport report) throws IOException, InterruptedException {
    int baselinePort = Integer.parseInt(baseline.answer());
    Map<Traffic, Double> discarded = new LinkedHashMap<>();
    for (Traffic traffic : plan.traffic()) {
      URI target = URI.create("http://127.0.0.1:" + baselinePort);
      closed(target, new Credential(doors.project(), ""), traffic, SHORT, 20_000);
      discarded.put(
          traffic,
          closed(target, new Credential(doors.project(), ""), traffic, SHORT, 40_000)
              .requestsPerSecond());
    }
    warmUp();
    List<Row> rows = new ArrayList<>();
    for (Traffic traffic : plan.traffic()) {
      for (String door : plan.doors()) {
        rows.add(row(door, traffic, discarded.getOrDefault(traffic, Double.NaN)));
      }
    }
    report.rows(rows);
    if (plan.soak().isPositive()) {
      soak(report, rows);
    }
  }

  private void warmUp() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      for (String door : plan.doors()) {
        Duration part = plan.warmUp().dividedBy(2L * plan.doors().size());
        Traffic traffic = new Traffic(Traffic.Dialect.SENSORS, 50);
        LoadResult trial = closed(target(door), credential(door), traffic, part, 30_000);
        expectedRows += (long) trial.requests() * traffic.batch();
        table.await(expectedRows, DRAIN);
      }
    }
  }

  private Row row(String door, Traffic traffic, double discarded)
      throws IOException, InterruptedException {
    URI target = target(door);
    Credential credential = credential(door);
    LoadResult trial = closed(target, credential, traffic, SHORT, 20_000);
    drained(trial, traffic);

    int requests =
        prepared(traffic, 1.4 * trial.requestsPerSecond() * plan.measure().toMillis() / 1e3);
    prepare(order(target, credential, traffic, plan.measure(), requests, 0));
    Map<String, CpuTimes> before = cpu();
    LoadResult full = go();
    double drain = drained(full, traffic);
    Map<String, Double> cost = cost(before, (long) full.requests() * traffic.batch());

    double rate = plan.rate() == 0 ? full.requestsPerSecond() / 2 : plan.rate() / traffic.batch();
    requests = prepared(traffic, rate * plan.measure().toMillis() / 1e3);
    prepare(order(target, credential, traffic, plan.measure(), requests, rate));
    LoadResult half;
    long[] queryable;
    try (Probes probes = new Probes(target, credential, table)) {
      CompletableFuture<LoadResult> running = CompletableFuture.supplyAsync(this::go);
      queryable = probes.run(plan.measure());
      half = running.join();
      expectedRows += probes.count();
    }
    drained(half, traffic);
    double appended = appended(traffic);
    return new Row(door, traffic, full, half, drain, cost, queryable, discarded, appended);
  }

  private double appended(Traffic traffic) throws IOException {
    SplittableRandom random = new SplittableRandom();
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      bodies.add(
          traffic.request(
              URI.create(doors.collector()),
              new Credential(doors.project(), ""),
              random,
              System.currentTimeMillis()));
    }
    return BareLog.requestsPerSecond(directory, bodies, connections(traffic), SHORT);
  }

  private void soak(IngestReport report, List<Row> rows) throws IOException, InterruptedException {
    Traffic traffic = rows.getFirst().traffic();
    double rate =
        plan.rate() == 0
            ? rows.getLast().half().requestsPerSecond()
            : plan.rate() / traffic.batch();
    rate = Math.min(rate, 10_000.0 / traffic.batch());
    Map<String, MemoryWatch> watches = new TreeMap<>();
    for (Map.Entry<String, Long> process : javaProcesses().entrySet()) {
      watches.put(process.getKey(), new MemoryWatch(process.getValue(), MEMORY_SECONDS));
    }
    long end = System.nanoTime() + plan.soak().toNanos();
    while (System.nanoTime() < end) {
      Duration piece = Duration.ofSeconds(30);
      prepare(
          order(
              target("gateway"),
              credential("gateway"),
              traffic,
              piece,
              prepared(traffic, rate * piece.toSeconds()),
              rate));
      drained(go(), traffic);
    }
    Map<String, List<MemoryWatch.Sample>> samples = new TreeMap<>();
    watches.forEach(
        (process, watch) -> {
          watch.close();
          samples.put(process, watch.samples());
        });
    report.memory(samples, rate * traffic.batch());
  }

  private LoadResult closed(
      URI target, Credential credential, Traffic traffic, Duration limit, int most)
      throws InterruptedException {
    prepare(order(target, credential, traffic, limit, prepared(traffic, most), 0));
    return go();
  }

  private void prepare(LoadOrder order) {
    generator.tell(Json.write(order));
    generator.answer();
  }

  private LoadResult go() {
    generator.tell("go");
    return Json.MAPPER.readValue(generator.answer(), LoadResult.class);
  }

  private double drained(LoadResult result, Traffic traffic) throws InterruptedException {
    expectedRows += (long) result.requests() * traffic.batch();
    return table.await(expectedRows, DRAIN);
  }

  private LoadOrder order(
      URI target,
      Credential credential,
      Traffic traffic,
      Duration limit,
      int requests,
      double rate) {
    return new LoadOrder(
        target.toString(),
        traffic.name(),
        credential.project(),
        credential.key(),
        connections(traffic),
        limit.toMillis() / 1e3,
        requests,
        rate);
  }

  /** As many requests as wanted, as long as they fit into memory. */
  private static int prepared(Traffic traffic, double wanted) {
    long most = PREPARED_BYTES / (600 + 110L * traffic.batch());
    return (int) Math.min(most, Math.max(100, wanted));
  }

  private static int connections(Traffic traffic) {
    return traffic.batch() == 1 ? 64 : traffic.batch() >= 500 ? 8 : 32;
  }

  private URI target(String door) {
    return URI.create(door.equals("gateway") ? doors.gateway() : doors.collector());
  }

  private Credential credential(String door) {
    return new Credential(doors.project(), door.equals("gateway") ? doors.writeKey() : "");
  }

  private Map<String, Long> javaProcesses() {
    Map<String, Long> processes = new TreeMap<>();
    processes.put("platform", platform.pid());
    processes.putAll(services());
    processes.remove("redis");
    return processes;
  }

  private Map<String, Long> services() {
    Map<String, Long> processes = new TreeMap<>();
    for (ProcessHandle child : platform.children()) {
      String command = CpuTimes.commandLine(child.pid());
      int serve = command.indexOf(" serve ");
      processes.put(serve < 0 ? "redis" : command.substring(serve + 7).strip(), child.pid());
    }
    return processes;
  }

  private Map<String, CpuTimes> cpu() {
    Map<String, CpuTimes> times = new TreeMap<>();
    times.put("platform", CpuTimes.of(platform.pid()));
    times.put("generator", CpuTimes.of(generator.pid()));
    services().forEach((name, pid) -> times.put(name, CpuTimes.of(pid)));
    return times;
  }

  private Map<String, Double> cost(Map<String, CpuTimes> before, long events) {
    Map<String, Double> cost = new TreeMap<>();
    double all = 0;
    for (Map.Entry<String, CpuTimes> now : cpu().entrySet()) {
      CpuTimes was = before.get(now.getKey());
      if (was == null) {
        continue;
      }
      CpuTimes used = now.getValue().since(was);
      cost.put(now.getKey(), used.total() * 1e6 / events);
      all += now.getKey().equals("generator") ? 0 : used.total();
      if (now.getKey().equals("platform")) {
        used.parts()
            .forEach((part, seconds) -> cost.put("platform: " + part, seconds * 1e6 / events));
      }
    }
    cost.put("all but the generator", all * 1e6 / events);
    return cost;
  }

  @Override
  public void close() throws IOException {
    table.close();
    generator.close();
    baseline.close();
    platform.close();
  }
}
