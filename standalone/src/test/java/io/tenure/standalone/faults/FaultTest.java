package io.tenure.standalone.faults;

import static io.tenure.standalone.faults.Subject.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The platform under load while things go wrong, one after another, at moments a seed decides. In
 * the end every acknowledged record is stored, once, unchanged; what was not acknowledged is stored
 * once or not at all; and nothing else is there. Profiles count what is stored, and hold every
 * change of a trait once. By each identity plan records and ids are whose they must be.
 *
 * <p>The default build runs the faults that told most; {@code -Pfaults} all of them for 25 cycles.
 * {@code -Dtenure.faults.seed=N} repeats a run's faults, {@code -Dtenure.faults.cycles=N} sets how
 * many there are, {@code -Dtenure.faults.only=A,B} which.
 */
final class FaultTest {

  private static final List<Fault> SHORT =
      List.of(
          Fault.PLATFORM_KILLED,
          Fault.REDIS_KILLED,
          Fault.CLICKHOUSE_ANSWER_LOST,
          Fault.CLIENT_ANSWER_LOST,
          Fault.DISK_FULL);

  private final long seed =
      Long.getLong("tenure.faults.seed", new SplittableRandom().nextLong() >>> 16);
  private final int cycles = Integer.getInteger("tenure.faults.cycles", SHORT.size());
  private final List<String> timeline = new ArrayList<>();
  private final long start = System.nanoTime();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path data;

  @Test
  void storesEveryAcknowledgedRecordOnceWhateverFails() throws Exception {
    note("seed " + seed + ", " + cycles + " cycles");
    Traffic traffic = new Traffic(seed);
    try (Subject subject = new Subject(data);
        Books books = new Books(data.resolve("books.txt"));
        Books traits = new Books(data.resolve("traits.txt"))) {
      note("the platform is up");
      People people = new People(subject, seed);
      try (people;
          Load load = new Load(subject.door(), subject.writeKey(), traffic, books);
          TraitLoad writer = new TraitLoad(subject.door(), subject.secretKey(), traffic, traits)) {
        for (Fault fault : plan(subject)) {
          suffer(fault, subject, books);
        }
        awaitFreshAcknowledgements(books);
      }
      judge(subject, traffic, books);
      judgeProfiles(subject, traffic, traits);
      note(people.judge(subject));
    } finally {
      publish();
    }
  }

  private List<Fault> plan(Subject subject) {
    List<Fault> possible =
        new ArrayList<>(cycles <= SHORT.size() ? SHORT : List.of(Fault.values()));
    String only = System.getProperty("tenure.faults.only", "");
    if (!only.isEmpty()) {
      possible.clear();
      Stream.of(only.split(",", -1)).map(Fault::valueOf).forEach(possible::add);
    }
    if (!subject.disk().isMounted()) {
      possible.remove(Fault.DISK_FULL);
      note("DISK_FULL is left out: this user may not mount a small file system");
    }
    Random random = new Random(seed);
    List<Fault> plan = new ArrayList<>();
    while (plan.size() < cycles) {
      Collections.shuffle(possible, random);
      plan.addAll(possible);
    }
    return plan.subList(0, cycles);
  }

  private void suffer(Fault fault, Subject subject, Books books) throws Exception {
    SplittableRandom random = new SplittableRandom(seed + timeline.size());
    awaitFreshAcknowledgements(books);
    Thread.sleep(random.nextInt(1_500));
    long failures = books.failures();
    int acknowledged = books.acknowledged().size();
    fault.begin(subject);
    note(fault + " has hit");
    Thread.sleep(500 + random.nextInt(2_500));
    if (fault.reachesClients()) {
      await().atMost(Duration.ofMinutes(2)).until(() -> books.failures() > failures);
    } else {
      awaitFreshAcknowledgements(books);
    }
    fault.end(subject);
    subject.awaitHealthy();
    awaitFreshAcknowledgements(books);
    note(
        fault
            + " is over: "
            + (books.acknowledged().size() - acknowledged)
            + " acknowledged, "
            + (books.failures() - failures)
            + " requests failed");
  }

  /** Something sent from now on is acknowledged. */
  private static void awaitFreshAcknowledgements(Books books) {
    int before = books.acknowledged().size();
    await().atMost(Duration.ofMinutes(10)).until(() -> books.acknowledged().size() > before + 20);
  }

  private void judge(Subject subject, Traffic traffic, Books books) throws Exception {
    JsonNode ledger = subject.settledLedger();
    note("books: " + books.acknowledged().size() + " of " + books.sent().size() + " acknowledged");
    note("ledger: " + ledger);
    List<JsonNode> events = subject.rows(Verdicts.EVENTS);
    List<JsonNode> quarantined = subject.rows(Verdicts.QUARANTINE);
    Verdicts verdicts = new Verdicts(traffic, books.sent(), books.acknowledged());
    verdicts.judgeEvents(events);
    verdicts.judgeQuarantine(quarantined);
    assertThat(events).hasSizeGreaterThan(100);
    assertThat(quarantined).isNotEmpty();
    assertThat(books.failures()).isPositive();
    assertThat(number(ledger, "received"))
        .isEqualTo(
            number(ledger, "accepted")
                + number(ledger, "duplicate")
                + number(ledger, "quarantined")
                + number(ledger, "refused"));
    assertThat(number(ledger, "stored")).isEqualTo(events.size());
    assertThat(number(ledger, "quarantined")).isEqualTo(quarantined.size());
  }

  private void judgeProfiles(Subject subject, Traffic traffic, Books traits) throws Exception {
    note("traits: " + traits.acknowledged().size() + " of " + traits.sent().size());
    Map<String, JsonNode> profiles = new TreeMap<>();
    for (int user = 0; user < Traffic.USERS; user++) {
      profiles.put(traffic.user(user), subject.profile(traffic.user(user)));
    }
    ProfileVerdicts verdicts = new ProfileVerdicts(traits.sent(), traits.acknowledged());
    verdicts.judgeCounters(subject.rows(ProfileVerdicts.EVENTS), profiles);
    verdicts.judgeTraits(profiles);
    assertThat(traits.acknowledged()).hasSizeGreaterThan(20);
  }

  private void note(String what) {
    timeline.add("%7.1f s  %s".formatted((System.nanoTime() - start) / 1e9, what));
  }

  private void publish() throws IOException {
    Path report = Files.createDirectories(Path.of("target", "faults")).resolve(seed + ".txt");
    Files.write(report, timeline);
    org.slf4j.LoggerFactory.getLogger(FaultTest.class)
        .info("Faults:\n{}", String.join("\n", timeline));
  }
}
