package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.NativeDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.IdentityKeys;
import io.tenure.collector.domain.intake.IdentityRule;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.Identity.Link;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.store.IdentityPlanKeys;
import io.tenure.platform.definition.Revision;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ids a record brings under which keys, and which keys a plan lets in. */
final class KeyedIdsTest {

  private static final KeyedId ANN = new KeyedId(KeyedId.LOGIN, "ann");
  private static final KeyedId PHONE = new KeyedId(KeyedId.ANONYMOUS, "d1");

  private final TestIntake door = new TestIntake();
  private LogRecord.Accepted record = Records.event(BANK, "0");

  @Test
  void keepsEveryIdentityOfASensorsRecordUnderItsKey() {
    Identity identity =
        sensors(
            "track_id_bind",
            "{\"$identity_login_id\":\"ann\",\"$identity_cookie_id\":\"c1\",\"$identity_mobile\":138}");

    assertThat(identity.loginId()).isEqualTo("ann");
    assertThat(identity.anonymousId()).isEqualTo("c1");
    assertThat(identity.link()).isEqualTo(Link.BIND);
    assertThat(identity.keyed())
        .containsExactly(
            ANN, new KeyedId("$identity_cookie_id", "c1"), new KeyedId("$identity_mobile", "138"));
  }

  @Test
  void takesTheOneIdentityOfAnUnbindUnderItsKey() {
    Identity identity = sensors("track_id_unbind", "{\"$identity_mobile\":\"138\"}");

    assertThat(identity.link()).isEqualTo(Link.UNBIND);
    assertThat(identity.keyed()).containsExactly(new KeyedId("$identity_mobile", "138"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"$identity_login_id\":\"ann\",\"$identity_anonymous_id\":\"d1\"}",
        "{\"$identity_login_id\":\"ann\"}",
        "{}"
      })
  void needsNoKeysForALoginIdAndADeviceId(String identities) {
    assertThat(sensors("track", identities).keyed()).isSameAs(List.of());
  }

  @Test
  void takesExternalIdsOfASegmentCallAndKnowsSegmentsNames() {
    Identity identity =
        segment(
            """
            {"type":"identify","userId":"ann","anonymousId":"d1","context":{"externalIds":[
              {"id":"a@b.example","type":"email","collection":"users","encoding":"none"},
              {"id":138,"type":"phone"},
              {"id":"G","type":"group","collection":"accounts"},
              {"id":"ios-1","type":"ios.idfa","collection":"users"},
              {"type":"email"}, 7]}}
            """);

    assertThat(identity.keyed())
        .containsExactly(
            ANN,
            PHONE,
            new KeyedId("$identity_email", "a@b.example"),
            new KeyedId("$identity_mobile", "138"),
            new KeyedId("ios.idfa", "ios-1"));
    assertThat(segment("{\"type\":\"track\",\"event\":\"A\",\"userId\":\"ann\"}").keyed())
        .isSameAs(List.of());
  }

  @Test
  void takesExternalIdsOfAWholeSegmentBatch() {
    door.segmentBatch(
        """
        {"batch":[{"type":"track","event":"A","anonymousId":"d1"}],
          "context":{"externalIds":[{"id":"m","type":"member"}]}}
        """,
        false);

    assertThat(identity(door.last()).keyed()).containsExactly(PHONE, new KeyedId("member", "m"));
  }

  @Test
  void takesIdentitiesOfOurOwnApi() {
    Verdict verdict =
        new Shape(Limits.DEFAULT)
            .judge(
                own(
                    "{\"event_id\":\"1\",\"name\":\"A\",\"login_id\":\"ann\",\"identities\":[{\"key\":\"member\",\"value\":\"m\"}]}"));

    assertThat(identity(((Verdict.Accept) verdict).accepted()).keyed())
        .containsExactly(ANN, new KeyedId("member", "m"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"$identity_login_id\":\"ann\",\"$identity_email\":\"a@b\"}|``",
        "{\"$identity_login_id\":\"ann\"}|``",
        "{\"$identity_login_id\":\"ann\",\"$identity_mobile\":\"1\"}|$identity_mobile",
        "{\"$identity_anonymous_id\":\"d\"}|$identity_anonymous_id",
        "{\"$identity_cookie_id\":\"d\"}|$identity_cookie_id"
      })
  void keepsARecordWithAnUndeclaredKeyAside(String identities, String missing) {
    sensors("track", identities);
    Verdict verdict = judge(Set.of(KeyedId.LOGIN, "$identity_email"));

    if (missing.isEmpty()) {
      assertThat(verdict).isInstanceOf(Verdict.Accept.class);
    } else {
      assertThat(verdict)
          .isEqualTo(
              new Verdict.Quarantine(
                  QuarantineReason.IDENTITY_UNDECLARED,
                  "The identity plan does not declare '" + missing + "'"));
    }
    assertThat(judge(Set.of())).as("any other plan").isInstanceOf(Verdict.Accept.class);
  }

  @Test
  void keepsAnOverlongIdAsideOnlyWherePlansHaveKeys() {
    sensors("track", "{\"$identity_anonymous_id\":\"a\",\"m\":\"%s\"}".formatted("x".repeat(256)));

    assertThat(judge(Set.of(KeyedId.ANONYMOUS, "m")))
        .isInstanceOfSatisfying(
            Verdict.Quarantine.class,
            aside -> assertThat(aside.reason()).isEqualTo(QuarantineReason.IDENTITY_TOO_LONG));
    assertThat(judge(Set.of())).isInstanceOf(Verdict.Accept.class);
  }

  @Test
  void readsTheKeysOfAPlanAsProfileServiceSavesIt() {
    assertThat(
            IdentityPlanKeys.read(
                revision(
                    "{\"kind\":\"ID_MAPPING\",\"keys\":[{\"name\":\"a\",\"cap\":1,\"overflow\":\"REFUSE\",\"parent\":\"\"},{\"name\":\"b\",\"cap\":2,\"overflow\":\"REFUSE\",\"parent\":\"a\"}]}")))
        .isEqualTo(new IdentityKeys(Set.of("a", "b")));
    assertThat(IdentityPlanKeys.read(revision("{\"kind\":\"ONE_TO_ONE\"}")))
        .isEqualTo(IdentityKeys.ANY);
  }

  private Verdict judge(Set<String> declared) {
    return new IdentityRule(project -> new IdentityKeys(declared)).judge(own("{}"), record);
  }

  private Identity sensors(String type, String identities) {
    door.sensors(
        "{\"type\":\"%s\",\"event\":\"A\",\"distinct_id\":\"x\",\"time\":%d,\"identities\":%s}"
            .formatted(type, TestIntake.TIME, identities));
    return identity(door.last());
  }

  private Identity segment(String record) {
    return identity(door.segment(record));
  }

  private Identity identity(LogRecord read) {
    record = (LogRecord.Accepted) read;
    return record.source().identity();
  }

  private static Draft own(String json) {
    return new NativeDecoder(new Arrival(BANK, NOON)).decode(json.getBytes(UTF_8)).getFirst();
  }

  private static Revision revision(String body) {
    return new Revision("plan", 1, body, "ann", NOON, NOON);
  }
}
