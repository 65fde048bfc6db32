package io.tenure.benchmarks.analysis;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.benchmarks.load.Child;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures analyses: the service, asked through gRPC, beside plain SQL for the same question on the
 * same engine. The engine, the service and the one who asks are processes of their own. Answers
 * must be equal before any time is told.
 */
public final class AnalysisBenchmark {

  /** Two threads a statement, and none profits from what an earlier one found. */
  private static final List<String> SETTINGS =
      List.of("max_threads=2", "use_query_condition_cache=0");

  private static final String LITTLE_MEMORY = "16MB";

  private final AnalysisPlan plan;
  private final Path directory;
  private final AnalysisReport report;

  private AnalysisBenchmark(AnalysisPlan plan, Path directory) {
    this.plan = plan;
    this.directory = directory;
    this.report = new AnalysisReport(plan);
  }

  /** Runs a plan and prints its report, which it also writes into a directory. */
  public static void run(String options, Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    AnalysisPlan plan = AnalysisPlan.of(options);
    AnalysisBenchmark benchmark = new AnalysisBenchmark(plan, directory);
    for (long events : plan.events()) {
      benchmark.measure(events);
    }
    String text = benchmark.report.text();
    Files.writeString(directory.resolve("analysis.md"), text);
    System.out.print(text);
  }

  private void measure(long events) throws IOException, InterruptedException {
    Path data = data(events);
    try {
      try (Child stores = stores(data)) {
        StoresProcess.Doors doors =
            Json.MAPPER.readValue(stores.answer(), StoresProcess.Doors.class);
        try (Engine engine = new Engine(doors)) {
          fill(data, doors, engine, events);
          try (Child service = service(doors)) {
            Meter meter = new Meter(engine, stores.pid(), service.pid());
            ask(engine, meter, Integer.parseInt(service.answer()), data);
          }
        }
      }
      if (plan.has("memory")) {
        memory(data);
      }
    } finally {
      if (plan.keep().isEmpty()) {
        delete(data);
      }
    }
  }

  private Path data(long events) throws IOException {
    if (plan.keep().isEmpty()) {
      return Files.createTempDirectory(directory, "data");
    }
    Path kept = Files.createDirectories(Path.of(plan.keep()).resolve("events-" + events));
    Path answers = kept.resolve("redis");
    if (Files.exists(answers)) {
      delete(answers);
    }
    return kept;
  }

  /** Loads the events unless an earlier run has left them. */
  private void fill(Path data, StoresProcess.Doors doors, Engine engine, long events)
      throws IOException, InterruptedException {
    Path loaded = data.resolve("loaded");
    long start = System.nanoTime();
    if (Files.exists(loaded)) {
      engine.ask("SYSTEM STOP MERGES events");
    } else {
      load(doors, engine, events);
    }
    describe(engine, events, (System.nanoTime() - start) / 1e9);
    if (!Files.exists(loaded)) {
      Files.createFile(loaded);
    }
  }

  private static void load(StoresProcess.Doors doors, Engine engine, long events)
      throws InterruptedException {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            doors.clickHouse(),
            doors.clickHouseUser(),
            doors.clickHousePassword(),
            doors.database(),
            Duration.ofMinutes(2),
            4);
    try (ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP)) {
      Migrations migrations = new Migrations(clickHouse, properties, Clock.systemUTC());
      List.of("platform", "profile-service", "event-collector").forEach(migrations::run);
    }
    new EventGenerator(engine, events).load();
  }

  private void describe(Engine engine, long events, double seconds) {
    report.line("");
    report.line("## %,d million events", events / 1_000_000);
    report.line("");
    report.line(
        "Engine %s. Stored: %s rows, %s different events, of %s users; %s MB in %s parts; loaded in"
            + " %.0f s.",
        engine.ask("SELECT version()").getFirst(),
        engine.ask("SELECT formatReadableQuantity(count()) FROM events").getFirst(),
        engine
            .ask("SELECT formatReadableQuantity(uniqCombined64(event_key)) FROM events")
            .getFirst(),
        engine
            .ask("SELECT formatReadableQuantity(uniqExact(user_number)) FROM events_v1")
            .getFirst(),
        engine
            .ask(
                "SELECT intDiv(sum(bytes_on_disk), 1000000) FROM system.parts WHERE active AND"
                    + " table = 'events'")
            .getFirst(),
        engine.ask("SELECT count() FROM system.parts WHERE active AND table = 'events'").getFirst(),
        seconds);
  }

  private void ask(Engine engine, Meter meter, int port, Path data) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .intercept(new CallerPropagation())
            .build();
    try {
      AnalysisServiceBlockingStub service = AnalysisServiceGrpc.newBlockingStub(channel);
      Comparison comparison = new Comparison(plan, report, engine, meter, service, data);
      List<Question> questions = plan.chosen(Questions.all());
      if (plan.has("warm")) {
        report.head("Warm");
        questions.forEach(question -> comparison.exercise(EventGenerator.BOTS, question));
        questions.forEach(question -> comparison.warm(EventGenerator.PROJECT, question));
      }
      if (plan.has("cold")) {
        report.head(
            "Cold: the engine's caches and the system's page cache dropped before each run");
        questions.forEach(question -> comparison.cold(EventGenerator.PROJECT, question));
      }
      if (plan.has("bots")) {
        report.head("Bots");
        comparison.warm(EventGenerator.BOTS, FunnelQuestions.bots());
      }
      if (plan.has("analysts")) {
        new Analysts(plan, report, engine, service).work(questions);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  /** The same data, and a service that gives a statement little memory. */
  private void memory(Path data) throws IOException {
    try (Child stores = stores(data)) {
      StoresProcess.Doors doors = Json.MAPPER.readValue(stores.answer(), StoresProcess.Doors.class);
      try (Engine engine = new Engine(doors);
          Child service = service(doors, "--tenure.segment.max-memory=" + LITTLE_MEMORY)) {
        int port = Integer.parseInt(service.answer());
        ManagedChannel channel =
            NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .intercept(new CallerPropagation())
                .build();
        try {
          new MemoryLimit(report, engine, AnalysisServiceGrpc.newBlockingStub(channel)).check();
        } finally {
          channel.shutdownNow();
        }
      }
    }
  }

  /** Asks as the analyst of a project. */
  static <T> T as(String project, java.util.concurrent.Callable<T> call) {
    return CallerContext.as(
        new Caller(new ProjectId(project), "person:bench", Role.ADMINISTRATOR), call);
  }

  private Child stores(Path data) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(data.toString());
    arguments.addAll(SETTINGS);
    return Child.start(
        StoresProcess.class,
        List.of("-Xmx256m", "-XX:+UseSerialGC"),
        arguments,
        directory.resolve("stores.err"));
  }

  private Child service(StoresProcess.Doors doors, String... options) throws IOException {
    List<String> jvm = new ArrayList<>(plan.jvm());
    jvm.add("-Dtenure.log=" + directory.resolve("service.log"));
    jvm.add("-Dlogback.configurationFile=tenure-logback.xml");
    jvm.add("-Dorg.springframework.boot.logging.LoggingSystem=none");
    List<String> arguments = new ArrayList<>();
    arguments.add(Json.write(doors));
    arguments.addAll(List.of(options));
    return Child.start(ServiceProcess.class, jvm, arguments, directory.resolve("service.err"));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
