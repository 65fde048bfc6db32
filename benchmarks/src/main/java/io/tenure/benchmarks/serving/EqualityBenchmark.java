package io.tenure.benchmarks.serving;

import io.tenure.benchmarks.Machine;
import io.tenure.platform.json.Json;
import io.tenure.proto.experiment.v1.AssignBatchRequest;
import io.tenure.proto.experiment.v1.AssignBatchResponse;
import io.tenure.proto.experiment.v1.Assignment;
import io.tenure.proto.experiment.v1.AssignmentServiceGrpc;
import io.tenure.proto.experiment.v1.AssignmentSubject;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.StreamFlagsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Asks every door who gets which arm of one experiment with a hold-out, a part of a layer, a ramp
 * and three arms, and counts where they differ: the evaluator in this process by the streamed flag,
 * batches by gRPC, SQL over a table in ClickHouse, and for a sample OFREP and the fetch of Sensors'
 * SDKs through the gateway.
 */
public final class EqualityBenchmark implements AutoCloseable {

  private static final String EXPERIMENT = "/api/v1/experiments/" + Catalogue.COMPARED;
  private static final String OFREP = "/ofrep/v1/evaluate/flags/" + Catalogue.COMPARED;
  private static final String SENSORS = "/api/v2/abtest/online/results?project-key=";
  private static final int BATCH = 10_000;
  private static final int CHUNK = 10 * BATCH;
  private static final int CALLERS = 8;

  private final Platform platform;
  private final Warehouse warehouse;
  private final Tally evaluator = new Tally("evaluator in the caller's process");
  private final Tally grpc = new Tally("gRPC AssignBatch of 10,000");
  private final Tally sql = new Tally("ClickHouse SQL, variant");
  private final Tally reasons = new Tally("ClickHouse SQL, reason (compared with gRPC)");
  private final Tally ofrep = new Tally("OFREP through the gateway, one by one");
  private final Tally sensors = new Tally("Sensors A/B fetch through the gateway, one by one");

  private EqualityBenchmark(Path directory) throws IOException {
    this.platform = new Platform(directory);
    this.warehouse = new Warehouse(platform.doors());
  }

  /** Compares and prints a report, which it also writes into a directory. */
  public static void run(String text, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    Options options = new Options(text);
    int units = options.number("units", "10m");
    int sample = Math.min(units, options.number("sample", "20000"));
    options.end();
    Files.createDirectories(directory);
    try (EqualityBenchmark benchmark = new EqualityBenchmark(directory)) {
      String report = benchmark.compare(units, sample);
      Files.writeString(directory.resolve("equality.md"), report);
      System.out.print(report);
    }
  }

  private String compare(int units, int sample) throws InterruptedException, ExecutionException {
    new Catalogue(platform).compared();
    OwnProcess own = ownProcess();
    JsonNode allocation = awaitAllocation();
    warehouse.fill(units);
    for (int from = 0; from < units; from += CHUNK) {
      chunk(own, allocation, from, Math.min(from + CHUNK, units));
    }
    sample(ofrep, this::ofrep, own, units, sample);
    sample(sensors, this::sensors, own, units, sample);
    long start = System.nanoTime();
    List<String> counts = warehouse.counts(allocation.path("variant").stringValue());
    return report(counts, units / ((System.nanoTime() - start) / 1e9));
  }

  /** The flag as it is streamed to who decides in its own process. */
  private OwnProcess ownProcess() {
    return platform.as(
        "ann",
        () ->
            FlagServiceGrpc.newBlockingStub(platform.channel())
                .withDeadlineAfter(1, TimeUnit.MINUTES)
                .streamFlags(StreamFlagsRequest.getDefaultInstance())
                .next()
                .getFlagsList()
                .stream()
                .filter(flag -> flag.getKey().equals(Catalogue.COMPARED))
                .map(OwnProcess::new)
                .findFirst()
                .orElseThrow());
  }

  /** The gateway's replica may learn of the start a moment later. */
  private JsonNode awaitAllocation() throws InterruptedException {
    Thread.sleep(1_000);
    return Json.read(platform.get(EXPERIMENT + "/allocation_sql").body()).path("allocation");
  }

  private void chunk(OwnProcess own, JsonNode allocation, int from, int to) {
    long start = System.nanoTime();
    List<String[]> rows =
        warehouse.assigned(
            allocation.path("variant").stringValue(),
            allocation.path("reason").stringValue(),
            from,
            to);
    sql.took(System.nanoTime() - start);
    reasons.took(System.nanoTime() - start);
    for (int first = from; first < to; first += BATCH) {
      int end = Math.min(first + BATCH, to);
      batch(own, rows.subList(first - from, end - from), first);
    }
    System.err.printf(Locale.ROOT, "%,d units%n", to);
  }

  private void batch(OwnProcess own, List<String[]> rows, int first) {
    long start = System.nanoTime();
    AssignBatchResponse assigned = assign(first, rows.size());
    grpc.took(System.nanoTime() - start);
    Instant now =
        Instant.ofEpochSecond(
            assigned.getAssignTime().getSeconds(), assigned.getAssignTime().getNanos());
    start = System.nanoTime();
    List<String> expected = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      expected.add(own.variant(Warehouse.unit(first + i), now));
    }
    evaluator.took(System.nanoTime() - start);
    evaluator.count(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String unit = Warehouse.unit(first + i);
      Assignment assignment = assigned.getOutcomes(i).getAssignment();
      String[] row = rows.get(i);
      grpc.compare(unit, expected.get(i), assignment.getVariant());
      sql.compare(unit, unit + ' ' + expected.get(i), row[0] + ' ' + row[1]);
      reasons.compare(
          unit, assignment.getReason().name().substring("ASSIGNMENT_REASON_".length()), row[2]);
    }
  }

  private AssignBatchResponse assign(int first, int count) {
    AssignBatchRequest.Builder request = AssignBatchRequest.newBuilder().setKey(Catalogue.COMPARED);
    for (int i = 0; i < count; i++) {
      request.addSubjects(
          AssignmentSubject.newBuilder().setTargetingKey(Warehouse.unit(first + i)));
    }
    return platform.as(
        "ann",
        () ->
            AssignmentServiceGrpc.newBlockingStub(platform.channel())
                .withDeadlineAfter(1, TimeUnit.MINUTES)
                .assignBatch(request.build()));
  }

  private static void sample(
      Tally tally, UnaryOperator<String> door, OwnProcess own, int units, int sample)
      throws InterruptedException, ExecutionException {
    List<Future<String>> answers = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      for (int i = 0; i < sample; i++) {
        String unit = Warehouse.unit(number(i, units, sample));
        answers.add(callers.submit(() -> door.apply(unit)));
      }
    }
    tally.took(System.nanoTime() - start);
    for (int i = 0; i < sample; i++) {
      String unit = Warehouse.unit(number(i, units, sample));
      tally.compare(unit, own.variant(unit, Instant.now()), answers.get(i).get());
    }
  }

  private static int number(int index, int units, int sample) {
    return (int) ((long) index * units / sample);
  }

  private String ofrep(String unit) {
    JsonNode answer =
        Json.read(
            platform
                .send("POST", OFREP, Json.write(Map.of("context", Map.of("targetingKey", unit))))
                .body());
    boolean dealt =
        answer.path("metadata").path("experiment").stringValue("").equals(Catalogue.COMPARED);
    return dealt ? answer.path("variant").stringValue() : "";
  }

  /** Whoever is not dealt is told so as one of a white list. */
  private String sensors(String unit) {
    String asked = Json.write(Map.of("login_id", unit, "param_name", Catalogue.COMPARED));
    JsonNode result =
        Json.read(platform.send("POST", SENSORS + platform.doors().writeKey(), asked).body())
            .path("results")
            .path(0);
    return result.path("is_white_list").booleanValue(true)
        ? ""
        : result.path("abtest_experiment_group_id").stringValue();
  }

  private String report(List<String> counts, double perSecond) {
    long mismatches =
        grpc.mismatches()
            + sql.mismatches()
            + reasons.mismatches()
            + ofrep.mismatches()
            + sensors.mismatches();
    List<String> lines = new ArrayList<>();
    lines.add(Machine.describe() + "; platform with " + String.join(" ", Options.jvm()) + ".");
    lines.add("");
    lines.add("| door | units | mismatches | units/s, transport included |");
    lines.add("|---|---:|---:|---:|");
    List.of(evaluator, grpc, sql, reasons, ofrep, sensors).forEach(tally -> lines.add(tally.row()));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "One statement over all of them: %,.0f units/s; by variant (none first): %s.",
            perSecond,
            String.join(", ", counts).replace('\t', ' ').strip()));
    lines.add(mismatches == 0 ? "Zero mismatches." : mismatches + " MISMATCHES.");
    return String.join("\n", lines) + "\n";
  }

  @Override
  public void close() throws IOException {
    warehouse.close();
    platform.close();
  }
}
