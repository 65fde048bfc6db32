package io.tenure.standalone;

import io.tenure.standalone.demo.DemoBank;
import io.tenure.standalone.demo.DemoClient;
import io.tenure.standalone.demo.GroundTruth;
import io.tenure.standalone.runtime.Installation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The whole road on the demo bank: sends its events as phones would, defines a segment, a flag and
 * a rule through the API, asks every question, and sets the answers beside the truth the generator
 * knows.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final URI gateway;
  private final String project;
  private final String writeKey;
  private final Api api;
  private final WebhookSink webhook;
  private final Progress progress;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private JsonNode before = MissingNode.getInstance();

  /** A demo on a running platform. */
  Demo(Installation installation, Api api, WebhookSink webhook, Progress progress) {
    this.gateway = installation.gateway();
    this.project = installation.secrets().project();
    this.writeKey = installation.secrets().writeKey();
    this.api = api;
    this.webhook = webhook;
    this.progress = progress;
  }

  /** Runs it for a bank that ends at the given time. */
  DemoReport run(Instant endTime) throws InterruptedException {
    before = ledger();
    DemoBank bank = DemoBank.endingAt(endTime);
    GroundTruth truth = timed("simulate", bank::truth);
    progress.say("sending %,d records of %,d customers".formatted(truth.messages(), truth.users()));
    long acknowledged = timed("send", () -> send(bank, truth));
    timed(
        "store",
        () -> await(() -> ledger().path("waiting").longValue() == 0, "the relay to catch up"));
    progress.say("asking");
    long start = System.nanoTime();
    define();
    DemoReport report = ask(bank, truth, acknowledged);
    seconds.put("ask", Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    return report;
  }

  private long send(DemoBank bank, GroundTruth truth) {
    AtomicLong next = new AtomicLong(truth.messages() / 5);
    try (DemoClient client = new DemoClient(gateway, project, writeKey)) {
      return client
          .send(
              bank.messages(),
              truth.messages(),
              (sent, total) -> {
                if (sent >= next.get()) {
                  progress.say("%,d of %,d records acknowledged".formatted(sent, total));
                  next.addAndGet(total / 5);
                }
              })
          .acknowledged();
    }
  }

  private void define() {
    api.post("/api/v1/segments", DemoDefinitions.segment());
    api.post("/api/v1/segments", DemoDefinitions.questionnaireSegment());
    api.post("/api/v1/segments", DemoDefinitions.goldSegment());
    api.post("/api/v1/flags", DemoDefinitions.flag());
    api.post("/api/v1/receivers", DemoDefinitions.receiver(webhook.url()));
    api.post("/api/v1/rules", DemoDefinitions.rule());
  }

  private DemoReport ask(DemoBank bank, GroundTruth truth, long acknowledged)
      throws InterruptedException {
    List<DemoReport.Step> funnel = funnel(bank, truth);
    List<DemoReport.Members> segments = segments(truth);
    DemoReport.Split split = split(truth);
    DemoReport.Backtest backtest = backtest(bank, truth);
    DemoReport.Raised alert = sweep(bank);
    DemoReport.Balance balance = balance(acknowledged);
    Map<String, Boolean> health = health();
    return new DemoReport(
        balance.even() && !health.isEmpty() && !health.containsValue(false),
        seconds,
        Residency.megabytes(),
        balance,
        health,
        events(),
        funnel,
        segments,
        split,
        backtest,
        alert);
  }

  private DemoReport.Balance balance(long acknowledged) {
    JsonNode after = ledger();
    long stored = grown(after, "stored");
    long applied = grown(after, "applied");
    long withheld = grown(after, "withheld");
    long quarantined = grown(after, "quarantined");
    long duplicates = grown(after, "duplicate");
    long refused = grown(after, "refused");
    return new DemoReport.Balance(
        acknowledged,
        stored,
        applied,
        withheld,
        quarantined,
        duplicates,
        refused,
        acknowledged == stored + applied + withheld + quarantined + duplicates + refused);
  }

  private long grown(JsonNode after, String entry) {
    return after.path(entry).longValue() - before.path(entry).longValue();
  }

  private Map<String, Boolean> health() {
    Map<String, Boolean> health = new TreeMap<>();
    api.get("/api/v1/health")
        .path("services")
        .forEach(
            service ->
                health.put(
                    service.path("name").stringValue(), service.path("healthy").booleanValue()));
    return health;
  }

  private Map<String, Long> events() {
    Map<String, Long> events = new TreeMap<>();
    api.get("/api/v1/eventNames")
        .path("names")
        .forEach(
            name -> events.put(name.path("name").stringValue(), name.path("events").longValue()));
    return events;
  }

  private List<DemoReport.Step> funnel(DemoBank bank, GroundTruth truth) {
    JsonNode steps =
        api.post(
                "/api/v1/analyses:run",
                DemoDefinitions.funnel(bank.startTime().toString(), bank.endTime().toString()))
            .path("result")
            .path("funnel")
            .path("steps");
    List<DemoReport.Step> found = new ArrayList<>();
    for (JsonNode step : steps) {
      found.add(
          new DemoReport.Step(
              step.path("name").stringValue(),
              step.path("users").longValue(),
              truth.funnel().get(found.size()),
              step.path("total_rate").doubleValue()));
    }
    return found;
  }

  private List<DemoReport.Members> segments(GroundTruth truth) {
    Map<String, Integer> known =
        Map.of(
            DemoDefinitions.SEGMENT_ID,
            truth.fadingAtEnd(),
            "unfinished-questionnaire",
            truth.questionnaireStarted() - truth.questionnaireFinished(),
            "gold-customers",
            truth.usersByTier().getOrDefault("gold", 0));
    List<DemoReport.Members> found = new ArrayList<>();
    for (JsonNode segment : api.get("/api/v1/segments").path("segments")) {
      String id = segment.path("id").stringValue();
      found.add(
          new DemoReport.Members(
              id,
              segment.path("snapshot").path("members").longValue(),
              known.getOrDefault(id, -1)));
    }
    return found;
  }

  private DemoReport.Split split(GroundTruth truth) {
    Map<String, Long> variants = new TreeMap<>();
    List<String> asked = truth.logins().stream().limit(400).toList();
    for (String login : asked) {
      JsonNode decision =
          api.post(
              "/ofrep/v1/evaluate/flags/" + DemoDefinitions.FLAG_KEY,
              "{\"context\":{\"targetingKey\":\"" + login + "\"}}");
      variants.merge(decision.path("variant").stringValue(), 1L, Long::sum);
    }
    return new DemoReport.Split(DemoDefinitions.FLAG_KEY, asked.size(), variants);
  }

  private DemoReport.Backtest backtest(DemoBank bank, GroundTruth truth) {
    JsonNode found =
        api.post(
                "/api/v1/rules/" + DemoDefinitions.RULE_ID + ":backtest",
                """
                {"start_time": "%s", "end_time": "%s", "step": "%ds"}\
                """
                    .formatted(
                        bank.startTime().plus(GroundTruth.RULE_LEAD),
                        bank.endTime(),
                        GroundTruth.RULE_STEP.toSeconds()))
            .path("backtest");
    List<Double> interval = new ArrayList<>();
    found.path("precision_interval").forEach(bound -> interval.add(bound.doubleValue()));
    return new DemoReport.Backtest(
        DemoDefinitions.RULE_ID,
        found.path("warned").longValue(),
        truth.warned(),
        found.path("warned_lost").longValue(),
        truth.warnedLost(),
        found.path("precision").doubleValue(),
        interval,
        found.path("base_rate").doubleValue(),
        found.path("lift").doubleValue(),
        found.path("recall").doubleValue());
  }

  private DemoReport.Raised sweep(DemoBank bank) throws InterruptedException {
    JsonNode swept =
        api.post(
            "/api/v1/rules/" + DemoDefinitions.RULE_ID + ":sweep",
            "{\"as_of_time\": \"" + bank.endTime() + "\"}");
    String alerts = "/api/v1/alerts?rule_id=" + DemoDefinitions.RULE_ID;
    long raised = api.get(alerts + "&page_size=1000").path("alerts").size();
    await(() -> received() >= raised, "the webhook");
    JsonNode example = api.get(alerts + "&page_size=1").path("alerts").path(0);
    return new DemoReport.Raised(
        DemoDefinitions.RULE_ID,
        swept.path("matched").longValue(),
        raised,
        received(),
        example.path("explanation").stringValue(""));
  }

  private long received() {
    return webhook.bodies().stream().mapToLong(body -> body.path("alerts").size()).sum();
  }

  private JsonNode ledger() {
    return api.get("/api/v1/ledger").path("ledger");
  }

  private boolean await(BooleanSupplier condition, String what) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Waited " + PATIENCE.toSeconds() + " s in vain for " + what);
      }
      Thread.sleep(Duration.ofMillis(100));
    }
    return true;
  }

  private <T> T timed(String part, Step<T> step) throws InterruptedException {
    long start = System.nanoTime();
    T result = step.run();
    seconds.put(part, Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    return result;
  }

  /** A part of the demo. */
  private interface Step<T> {
    T run() throws InterruptedException;
  }
}
