package io.tenure.benchmarks.serving;

import io.tenure.benchmarks.load.Child;
import io.tenure.benchmarks.load.CpuTimes;
import io.tenure.benchmarks.load.LoadLoop;
import io.tenure.benchmarks.load.LoadResult;
import io.tenure.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Measures how flags are served: bulk evaluations by OFREP through the gateway at stated rates, 304
 * beside them, and how long a change takes until every replica and every listener has it. The load
 * comes from this process; the platform and a server that only repeats a reply are processes of
 * their own.
 */
public final class ServingBenchmark implements AutoCloseable {

  private static final String BULK = "/ofrep/v1/evaluate/flags";
  private static final int CONNECTIONS = 32;

  /** Customers who come back with the ETag they were given. */
  private static final int RETURNING = 500;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServingPlan plan;
  private final Platform platform;
  private final List<String> etags = new ArrayList<>();

  private ServingBenchmark(ServingPlan plan, Path directory) throws IOException {
    this.plan = plan;
    this.platform = new Platform(directory);
  }

  /** Runs a plan and prints its report, which it also writes into a directory. */
  public static void run(String options, Path directory) throws IOException, InterruptedException {
    ServingPlan plan = ServingPlan.of(options);
    Files.createDirectories(directory);
    try (ServingBenchmark benchmark = new ServingBenchmark(plan, directory)) {
      String text = benchmark.measure(directory);
      Files.writeString(directory.resolve("serving.md"), text);
      System.out.print(text);
    }
  }

  private String measure(Path directory) throws IOException, InterruptedException {
    new Catalogue(platform).many(plan.flags());
    HttpResponse<String> full = awaitFlags();
    Path reply = Files.writeString(directory.resolve("reply.json"), full.body());
    ServingReport report = new ServingReport(plan, (int) Files.size(reply));
    try (Child baseline =
        Child.start(
            ReplayServer.class,
            List.of("-Xmx128m", "-XX:+UseSerialGC"),
            List.of(reply.toString()),
            directory.resolve("replay.err"))) {
      URI replay = URI.create("http://127.0.0.1:" + baseline.answer());
      loads(report, URI.create(platform.doors().gateway()), replay, baseline.pid());
    }
    if (plan.changes() > 0) {
      changes(report, full);
    }
    return report.text();
  }

  /** The gateway's replica has seen every flag when one reply has them all. */
  private HttpResponse<String> awaitFlags() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<String> reply = platform.send("POST", BULK, body(0));
      JsonNode flags = Json.read(reply.body()).path("flags");
      long dealt = 0;
      for (JsonNode flag : flags) {
        dealt += flag.path("metadata").has("exposureToken") ? 1 : 0;
      }
      if (flags.size() == plan.flags() && dealt == (plan.flags() - 1) / 10) {
        return reply;
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(flags.size() + " flags, " + dealt + " by experiments");
      }
      Thread.sleep(100);
    }
  }

  private void loads(ServingReport report, URI gateway, URI replay, long replayPid)
      throws IOException {
    run(replay, plan.warmUp().dividedBy(4), plan.highestRate(), 200, this::evaluation);
    run(gateway, plan.warmUp(), plan.highestRate(), 200, this::evaluation);
    for (int user = 0; user < RETURNING; user++) {
      etags.add(platform.send("POST", BULK, body(user)).headers().firstValue("ETag").orElseThrow());
    }
    run(gateway, plan.warmUp().dividedBy(4), plan.highestRate(), 304, this::returning);
    run(gateway, plan.warmUp().dividedBy(4), plan.highestRate(), 200, _ -> caller());
    for (double rate : plan.rates()) {
      measured(report, "bulk evaluation", gateway, platform.pid(), rate, 200, this::evaluation);
      measured(report, "bulk, 304", gateway, platform.pid(), rate, 304, this::returning);
      measured(
          report, "gateway: GET /api/v1/caller", gateway, platform.pid(), rate, 200, _ -> caller());
      measured(
          report, "bare server: the same bytes", replay, replayPid, rate, 200, this::evaluation);
      measured(report, "bare server: 304", replay, replayPid, rate, 304, this::returning);
    }
  }

  private interface Requests {
    byte[] request(int number);
  }

  private void measured(
      ServingReport report,
      String what,
      URI target,
      long pid,
      double rate,
      int status,
      Requests requests)
      throws IOException {
    CpuTimes before = CpuTimes.of(pid);
    LoadResult result = run(target, plan.measure(), rate, status, requests);
    report.load(what, rate, result, CpuTimes.of(pid).since(before));
  }

  private static LoadResult run(
      URI target, Duration time, double rate, int status, Requests requests) throws IOException {
    int count = (int) Math.ceil(rate * time.toMillis() / 1e3);
    List<byte[]> prepared = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      prepared.add(requests.request(number));
    }
    return new LoadLoop(target, prepared, time.plus(PATIENCE), rate, status).run(CONNECTIONS);
  }

  private byte[] evaluation(int number) {
    return post(body(number), "");
  }

  private byte[] returning(int number) {
    int user = number % RETURNING;
    return post(body(user), "If-None-Match: " + etags.get(user) + "\r\n");
  }

  private byte[] post(String body, String header) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("POST "
                + BULK
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + credential()
                + header
                + "Content-Length: "
                + content.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + content.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(content, 0, request, head.length, content.length);
    return request;
  }

  private byte[] caller() {
    return ("GET /api/v1/caller HTTP/1.1\r\nHost: localhost\r\n" + credential() + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String credential() {
    return "Authorization: Bearer " + platform.doors().secretKey() + "\r\n";
  }

  private static String body(int user) {
    return "{\"context\":{\"targetingKey\":\"customer-%d\",\"age\":%d,\"city\":\"上海\"}}"
        .formatted(user, 18 + user % 50);
  }

  private void changes(ServingReport report, HttpResponse<String> full)
      throws IOException, InterruptedException {
    String path =
        Json.read(full.body())
            .path("eventStreams")
            .path(0)
            .path("endpoint")
            .path("requestUri")
            .stringValue();
    Changes changes = new Changes(platform);
    try (FlagEvents events = new FlagEvents(platform, path)) {
      report.changes(
          "changed through the gateway",
          "the second replica",
          changes.throughGateway(plan.changes(), events));
    }
    try (FlagEvents events = new FlagEvents(platform, path)) {
      report.changes(
          "changed at the second replica",
          "the gateway",
          changes.atReplica(plan.changes(), events));
    }
  }

  @Override
  public void close() throws IOException {
    platform.close();
  }
}
