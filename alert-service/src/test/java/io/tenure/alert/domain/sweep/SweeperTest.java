package io.tenure.alert.domain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Audience;
import io.tenure.alert.domain.Condition;
import io.tenure.alert.domain.Consenting;
import io.tenure.alert.domain.Outcome;
import io.tenure.alert.domain.Recorded;
import io.tenure.alert.domain.Rule;
import io.tenure.alert.domain.Rules;
import io.tenure.alert.domain.Turns;
import io.tenure.alert.domain.UserSet;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SweeperTest {

  private static final ProjectId BANK = new ProjectId("bank");
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  private final Memory memory = new Memory();
  private final Sweeper sweeper =
      new Sweeper(
          memory,
          memory,
          memory,
          (project, purpose, users) ->
              purpose == Consenting.Purpose.MARKETING ? users.and(memory.unwilling) : users,
          memory,
          memory,
          memory,
          memory.results::add,
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void leavesOutAndCountsWhoDoesNotAgreeToMarketing() {
    memory.matched = UserSet.of(1, 2, 3);
    memory.unwilling = UserSet.of(2, 9);

    assertThat(sweeper.sweep(BANK, "fading", NOW)).isEqualTo(new SweepResult(3, 2, 0, 1));
    assertThat(memory.alerts).extracting(Alert::userNumber).containsExactly(1L, 3L);
    memory.unwilling = UserSet.of();
    assertThat(sweeper.sweep(BANK, "fading", NOW)).isEqualTo(new SweepResult(3, 1, 2, 0));
  }

  @Test
  void warnsEachMatchingUserOnce() {
    memory.matched = UserSet.of(1, 2);

    assertThat(sweeper.sweep(BANK, "fading", NOW)).isEqualTo(new SweepResult(2, 2, 0, 0));
    assertThat(sweeper.sweep(BANK, "fading", NOW)).isEqualTo(new SweepResult(2, 0, 2, 0));
    assertThat(memory.alerts).extracting(Alert::userNumber).containsExactly(1L, 2L);
  }

  @Test
  void warnsAgainWhenTheCooldownIsOver() {
    memory.matched = UserSet.of(1);
    sweeper.sweep(BANK, "fading", NOW.minus(Duration.ofDays(7)));

    assertThat(sweeper.sweep(BANK, "fading", NOW).raised()).isEqualTo(1);
  }

  @Test
  void keepsTheCooldownBackwardsToo() {
    memory.matched = UserSet.of(1);
    sweeper.sweep(BANK, "fading", NOW);

    assertThat(sweeper.sweep(BANK, "fading", NOW.minus(Duration.ofDays(6))).suppressed())
        .isEqualTo(1);
  }

  @Test
  void finishesASweepThatBrokeHalfWay() {
    memory.matched = UserSet.of(LongStream.range(0, 10_005));
    memory.breakAfterAlerts = 10_000;
    assertThatThrownBy(() -> sweeper.sweep(BANK, "fading", NOW)).isInstanceOf(Failure.class);
    memory.breakAfterAlerts = Integer.MAX_VALUE;

    assertThat(sweeper.sweep(BANK, "fading", NOW)).isEqualTo(new SweepResult(10_005, 5, 10_000, 0));
    assertThat(memory.alerts.stream().map(Alert::id).distinct()).hasSize(10_005);
  }

  @Test
  void saysWhyInWords() {
    memory.matched = UserSet.of(1);
    memory.people.put(
        1L, new Person("ann", Instant.parse("2026-06-01T08:30:00Z"), Map.of("tier", "gold")));

    sweeper.sweep(BANK, "fading", NOW);

    assertThat(memory.alerts.getFirst().loginId()).isEqualTo("ann");
    assertThat(memory.alerts.getFirst().explanation())
        .isEqualTo(
            "The user did not do Login in the last 10 days."
                + " Last seen 2026-06-01 08:30 UTC. Trait tier: gold.");
  }

  @Test
  void refusesTheFutureADisabledRuleAndACrowd() {
    assertThatThrownBy(() -> sweeper.sweep(BANK, "fading", NOW.plusSeconds(1)))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.INVALID_ARGUMENT));
    assertThatThrownBy(() -> sweeper.sweep(BANK, "asleep", NOW))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
    memory.busy = true;
    assertThatThrownBy(() -> sweeper.sweep(BANK, "fading", NOW))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  @Test
  void sweepsADueRuleOnceAnInterval() {
    memory.matched = UserSet.of(1);

    assertThat(sweeper.due(BANK)).extracting(Rule::id).containsExactly("fading");
    sweeper.sweepDue(BANK, memory.rule("fading"));
    assertThat(sweeper.due(BANK)).isEmpty();
    memory.sweeps.put("fading", NOW.minus(Duration.ofHours(1)));
    assertThat(sweeper.due(BANK)).hasSize(1);
    assertThat(memory.results).hasSize(1);
  }

  @Test
  void leavesABrokenSweepDue() {
    memory.matched = UserSet.of(1);
    memory.breakAfterAlerts = 0;

    assertThatThrownBy(() -> sweeper.sweepDue(BANK, memory.rule("fading")))
        .isInstanceOf(Failure.class);
    assertThat(sweeper.due(BANK)).hasSize(1);
  }

  /** All ports of the sweeper in memory. */
  private static final class Memory
      implements Rules, Audience, People, AlertLog, SweepLedger, Turns {

    UserSet matched = UserSet.of();
    UserSet unwilling = UserSet.of();
    int breakAfterAlerts = Integer.MAX_VALUE;
    boolean busy;
    final Map<Long, Person> people = new HashMap<>();
    final Map<String, Instant> sweeps = new HashMap<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<SweepResult> results = new ArrayList<>();

    Rule rule(String id) {
      return new Rule(
          id,
          "Fading users",
          "",
          new Condition("{}", "did not do Login in the last 10 days", Set.of("tier")),
          new Outcome("{}", Duration.ofDays(30)),
          Rule.DEFAULT_COOLDOWN,
          Rule.DEFAULT_SWEEP_INTERVAL,
          !id.equals("asleep"),
          List.of());
    }

    @Override
    public Optional<Recorded<Rule>> find(ProjectId project, String id) {
      return Optional.of(new Recorded<>(rule(id), NOW, NOW, "1"));
    }

    @Override
    public List<Recorded<Rule>> list(ProjectId project) {
      return List.of(
          new Recorded<>(rule("asleep"), NOW, NOW, "1"),
          new Recorded<>(rule("fading"), NOW, NOW, "1"));
    }

    @Override
    public UserSet matching(ProjectId project, Condition condition, Instant asOf) {
      return matched;
    }

    @Override
    public Map<Long, Person> find(ProjectId project, UserSet users) {
      return people;
    }

    @Override
    public UserSet alerted(ProjectId project, String ruleId, Instant after, Instant before) {
      return UserSet.of(
          alerts.stream()
              .filter(alert -> alert.createTime().isAfter(after))
              .filter(alert -> alert.createTime().isBefore(before))
              .mapToLong(Alert::userNumber));
    }

    @Override
    public void append(
        ProjectId project, List<Alert> raised, List<String> receiverIds, Instant raiseTime) {
      if (alerts.size() + raised.size() > breakAfterAlerts) {
        throw Failure.of(Reason.UNAVAILABLE, "The store is away");
      }
      alerts.addAll(raised);
    }

    @Override
    public Optional<Instant> lastSweep(ProjectId project, String ruleId) {
      return Optional.ofNullable(sweeps.get(ruleId));
    }

    @Override
    public void swept(ProjectId project, String ruleId, Instant time) {
      sweeps.put(ruleId, time);
    }

    @Override
    public <T> Optional<T> alone(String name, Supplier<T> work) {
      return busy ? Optional.empty() : Optional.of(work.get());
    }

    @Override
    public List<ProjectId> projects() {
      return List.of(BANK);
    }
  }
}
