package io.tenure.collector.domain.canary;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.NativeDecoder;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CanaryRuleTest {

  private static final Identity DEVICE = new Identity("", CanaryEvent.DEVICE, false);

  private final CanarySeal seal = seal("one");
  private final CanaryRule rule = new CanaryRule(seal);

  @Test
  void takesWhatACollectorWithTheSameSecretMade() {
    assertThat(isTaken(canary(seal("one").newId(), CanaryEvent.NAME, DEVICE))).isTrue();
  }

  @Test
  void keepsWhatSomebodyElseMadeAside() {
    String id = seal.newId();

    assertThat(isTaken(canary(seal("two").newId(), CanaryEvent.NAME, DEVICE))).isFalse();
    assertThat(isTaken(canary("x" + id, CanaryEvent.NAME, DEVICE))).isFalse();
    assertThat(isTaken(canary(id.substring(0, id.length() - 1), CanaryEvent.NAME, DEVICE)))
        .isFalse();
    assertThat(isTaken(canary("no-seal", CanaryEvent.NAME, DEVICE))).isFalse();
  }

  @Test
  void keepsWhatIsNoCanaryAsideThoughItsIdIs() {
    assertThat(isTaken(canary(seal.newId(), "Transfer", DEVICE))).isFalse();
    assertThat(isTaken(canary(seal.newId(), CanaryEvent.NAME, new Identity("", "other", false))))
        .isFalse();
    assertThat(
            isTaken(
                canary(
                    seal.newId(),
                    CanaryEvent.NAME,
                    new Identity("ann", CanaryEvent.DEVICE, false))))
        .isFalse();
    assertThat(isTaken(Records.change(CanaryEvent.PROJECT, seal.newId()))).isFalse();
    assertThat(isTaken(Records.item(CanaryEvent.PROJECT, seal.newId(), false))).isFalse();
  }

  @Test
  void leavesOtherProjectsAlone() {
    assertThat(isTaken(Records.event(BANK, "1"))).isTrue();
    assertThat(isTaken(Records.change(BANK, "1"))).isTrue();
  }

  private boolean isTaken(LogRecord.Accepted record) {
    Verdict verdict =
        rule.judge(
            new NativeDecoder(new Arrival(record.project(), NOON))
                .decode("{}".getBytes(StandardCharsets.UTF_8))
                .getFirst(),
            record);
    return switch (verdict) {
      case Verdict.Accept accept -> accept.accepted().equals(record);
      case Verdict.Quarantine aside -> {
        assertThat(aside.reason()).isEqualTo(QuarantineReason.PROJECT_RESERVED);
        yield false;
      }
      case Verdict.Refuse refuse -> throw new AssertionError(refuse);
    };
  }

  private static Event canary(String id, String name, Identity identity) {
    return new Event(
        new Source(CanaryEvent.PROJECT, new EventId(id), identity, NOON, NOON, ""), name, Map.of());
  }

  private static CanarySeal seal(String secret) {
    return new CanarySeal(secret.getBytes(StandardCharsets.UTF_8));
  }
}
