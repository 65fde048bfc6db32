package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.consent.ConsentWatch;
import io.tenure.proto.consent.v1.ConsentStatement;
import io.tenure.proto.event.v1.Ledger;
import io.tenure.proto.profile.v1.ProfileRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the door does with the records of people who withdrew their consent. */
final class ConsentDoorTest {

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  private final String project = "consent-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    collector = new CollectorFixture(directory, "--tenure.collector.objections-refresh=1h");
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  @Test
  @Timeout(60)
  void takesNothingOfSomebodyWhoObjectsAndKeepsNothingAside() throws Exception {
    object("l", "anna");

    assertThat(segment(track("\"userId\":\"anna\"", ""))).isEqualTo(200);
    assertThat(segment(track("\"userId\":\"anna\",\"anonymousId\":\"x\"", ""))).isEqualTo(200);
    assertThat(segment("{\"type\":\"nonsense\",\"userId\":\"anna\"}")).isEqualTo(200);
    assertThat(segment(track("\"userId\":\"ben\"", ""))).isEqualTo(200);

    Ledger ledger = collector.ledger(project);
    assertThat(ledger.getRefuseReasonsMap()).isEqualTo(Map.of("CONSENT_WITHDRAWN", 3L));
    assertThat(ledger.getAccepted()).isEqualTo(1);
    assertThat(ledger.getQuarantined()).isZero();
  }

  @Test
  @Timeout(60)
  void judgesADeviceOnlyWhereNoLoginSaysWhoItIs() throws Exception {
    object("d", "phone");

    segment(track("\"anonymousId\":\"phone\"", ""));
    segment(track("\"anonymousId\":\"phone\",\"userId\":\"ben\"", ""));

    assertThat(collector.ledger(project).getRefused()).isEqualTo(1);
    assertThat(collector.ledger(project).getAccepted()).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void anObjectionOfOneProjectIsNoneInAnother() throws Exception {
    collector.profiles().object("elsewhere", "l", "anna");
    object("l", "somebody");

    segment(track("\"userId\":\"anna\"", ""));

    assertThat(collector.ledger(project).getAccepted()).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void aDecisionPassesWhateverIsKnownAndWhateverTheClockSays() throws Exception {
    object("l", "anna");

    segment(
        """
        {"type":"track","userId":"anna","event":"$consent","timestamp":"2099-01-01T00:00:00Z",
         "properties":{"purpose":["analytics","marketing"],"state":"granted","text_version":"7"}}
        """);

    assertThat(statements("anna"))
        .extracting(ConsentStatement::getCategory)
        .containsExactly("analytics", "marketing");
    ConsentStatement first = statements("anna").getFirst();
    assertThat(first.getGranted()).isTrue();
    assertThat(first.getDecision()).isTrue();
    assertThat(first.getTextVersion()).isEqualTo("7");
  }

  @Test
  @Timeout(60)
  void aDecisionNobodyUnderstandsIsKeptAsideForRepair() throws Exception {
    segment(
        """
        {"type":"track","userId":"anna","event":"$consent","properties":{"purpose":"all","state":"no"}}
        """);

    assertThat(collector.ledger(project).getQuarantineReasonsMap())
        .isEqualTo(Map.of("FIELD_INVALID", 1L));
  }

  @Test
  @Timeout(60)
  void preferencesOfTheSegmentProtocolAreHandedOn() throws Exception {
    object("l", "anna");
    String no = ",\"context\":{\"consent\":{\"categoryPreferences\":{\"Analytics\":false}}}";
    String yes = no.replace("false", "true");

    segment(track("\"userId\":\"anna\"", no));
    assertThat(collector.ledger(project).getRefused()).isEqualTo(1);
    segment(track("\"userId\":\"anna\"", yes));

    assertThat(statements("anna"))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.getCategory()).isEqualTo("Analytics");
              assertThat(statement.getGranted()).isTrue();
              assertThat(statement.getDecision()).isFalse();
            });
  }

  @Test
  @Timeout(60)
  void tellsWhenARecordCameIn() throws Exception {
    segment(track("\"userId\":\"ben\"", ""));

    assertThat(applied("ben").getReceiveTime().getSeconds()).isGreaterThan(1_700_000_000L);
  }

  private void object(String kind, String id) throws Exception {
    collector.profiles().object(project, kind, id);
    collector.bean(ConsentWatch.class).refresh();
  }

  private List<ConsentStatement> statements(String login) throws InterruptedException {
    return applied(login).getConsentsList();
  }

  private ProfileRecord applied(String login) throws InterruptedException {
    while (true) {
      Optional<ProfileRecord> found =
          collector.profiles().applied().stream()
              .filter(
                  record ->
                      record.getProjectId().equals(project) && record.getLoginId().equals(login))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(Duration.ofMillis(20));
    }
  }

  private static String track(String ids, String more) {
    return "{\"type\":\"track\",\"event\":\"Open\",%s%s}".formatted(ids, more);
  }

  private int segment(String record) throws Exception {
    return collector.post("/v1/batch", project, "{\"batch\":[" + record + "]}").statusCode();
  }
}
