package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.collector.domain.dialect.SegmentDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.C3Screen;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.IntakeObserver;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.StepOutcome;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.store.log.RocksEventLog;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class C3 data is counted and lies nowhere, whatever else is wrong with its record. */
final class C3CanaryTest {

  private static final String CANARY = "Kanarie77";

  /** Bodies that hold the canary as a password, and would be kept for some other reason. */
  private static final List<String> BODIES =
      List.of(
          batch("{'type':'track','event':'A','userId':'u','properties':{'password':'Kanarie77'}}"),
          batch("{'type':'identify','userId':'u','traits':{'a':{'b':[{'tradePwd':'Kanarie77'}]}}}"),
          batch("{'type':'?','password':'Kanarie77'}"),
          batch("{'type':'track','event':'','properties':{'note':'my pwd: Kanarie77'}}"),
          batch("{'type':'track','password':'Kanarie77','password':'******'}"),
          batch("{'type':'track','event':'A','userId':'u'}],'context':{'pwd':'Kanarie77'},'x':["),
          batch("{'type':'track','a':" + "{'a':".repeat(40) + "'pwd=Kanarie77'" + "}".repeat(41)),
          batch("{'password':'Kanarie77'}") + "]",
          "{'batch':[{'password':'Kanarie77'".replace('\'', '"'));

  private final List<Draft> shown = new ArrayList<>();

  @TempDir private Path directory;

  @Test
  void neverReachesADisk() throws IOException {
    int refused = 0;
    try (RocksEventLog log = open()) {
      Intake intake = intake(log);
      for (String body : BODIES) {
        Receipt receipt = intake.take(BANK, drafts(body.getBytes(UTF_8)));
        assertThat(receipt.refused()).as(body).isEqualTo(Map.of(RefuseReason.C3_DATA, 1));
        assertThat(receipt.received()).isEqualTo(1);
        refused++;
      }
      byte[] kept = batch("{'type':'?','userId':'Anker77'}").getBytes(UTF_8);
      intake.take(BANK, drafts(kept));
      assertThat(log.counts(BANK).refused()).isEqualTo(Map.of("C3_DATA", (long) refused));
    }

    assertThat(bytesOnDisk()).contains("Anker77").doesNotContain(CANARY);
    assertThat(shown.stream().map(Draft::toString)).noneMatch(text -> text.contains(CANARY));
    assertThat(shown.getFirst().fields()).containsEntry("event", "A");
  }

  private static String batch(String record) {
    return ("{'batch':[" + record + "]}").replace('\'', '"');
  }

  private RocksEventLog open() {
    return new RocksEventLog(
        new RocksEventLog.Settings(
            directory, Duration.ofDays(7), 1 << 20, 16, Duration.ofSeconds(60)),
        Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private Intake intake(RocksEventLog log) {
    IntakeObserver observer =
        new IntakeObserver() {
          @Override
          public boolean watches(ProjectId project) {
            return true;
          }

          @Override
          public void judged(
              Draft draft, List<StepOutcome> outcomes, Verdict verdict, Outcome outcome) {
            shown.add(draft);
          }
        };
    return new Intake(
        new C3Screen(project -> Set.of()),
        new Shape(Limits.DEFAULT),
        List.of(new NameRule(Limits.DEFAULT)),
        log,
        receipt -> {},
        observer);
  }

  private static List<Draft> drafts(byte[] body) {
    Arrival arrival = new Arrival(BANK, NOON);
    try {
      return new SegmentDecoder(arrival).batch(body);
    } catch (MalformedBody malformed) {
      return List.of(
          new Draft(
              arrival,
              Dialect.SEGMENT,
              Map.of(),
              Map.of(),
              Draft.Original.of(body),
              new Verdict.Quarantine(QuarantineReason.MALFORMED_BODY, malformed.detail())));
    }
  }

  private String bytesOnDisk() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return all.toString();
  }
}
