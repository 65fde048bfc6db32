package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What the whole road must show on the demo bank, in whichever form the services run. */
abstract class EndToEndContract {

  abstract DemoReport report();

  @Test
  void accountsForEveryAcknowledgedRecord() {
    DemoReport.Balance balance = report().balance();

    assertThat(balance.even()).isTrue();
    assertThat(balance.stored()).isGreaterThan(100_000);
    assertThat(balance.quarantined()).isPositive();
    assertThat(balance.duplicates()).isPositive();
  }

  @Test
  void isHealthyInEveryService() {
    assertThat(report().health()).hasSize(6).doesNotContainValue(false);
    assertThat(report().passed()).isTrue();
  }

  @Test
  void findsTheTrueFunnel() {
    assertThat(report().funnel()).hasSize(4);
    assertThat(report().funnel())
        .allSatisfy(step -> assertThat(step.users()).isEqualTo(step.trueUsers()))
        .isSortedAccordingTo((one, other) -> Long.compare(other.users(), one.users()));
  }

  @Test
  void findsTheTrueSegments() {
    assertThat(report().segments()).hasSize(3);
    // The segment is computed some minutes after the data end, which can move a user or two over
    // the ten-day edge.
    assertThat(report().segments())
        .allSatisfy(
            segment ->
                assertThat(segment.members())
                    .isCloseTo(segment.trueMembers(), within(3L))
                    .isPositive());
  }

  @Test
  void findsWhatTheRuleWouldHaveDone() {
    DemoReport.Backtest test = report().backtest();

    assertThat(test.warned()).isEqualTo(test.trueWarned()).isPositive();
    assertThat(test.warnedLost()).isEqualTo(test.trueWarnedLost());
    assertThat(test.precision())
        .isBetween(0.5, 0.95)
        .isBetween(test.interval().getFirst(), test.interval().getLast());
    assertThat(test.lift()).isGreaterThan(2);
  }

  @Test
  void splitsTheFlagAsItIsAllocated() {
    DemoReport.Split split = report().flag();

    assertThat(split.variants()).containsOnlyKeys("on", "off");
    // Half and half but for gold customers, who all see the new screen.
    assertThat(split.variants().get("off"))
        .isBetween(split.asked() * 30L / 100, split.asked() * 55L / 100);
  }

  @Test
  void deliversAnAlertForEachMatch() {
    DemoReport.Raised alert = report().alert();

    assertThat(alert.matched()).isPositive();
    assertThat(alert.raised()).isGreaterThanOrEqualTo(alert.matched());
    assertThat(alert.received()).isEqualTo(alert.raised());
    assertThat(alert.explanation()).isNotBlank();
  }
}
