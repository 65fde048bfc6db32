package io.tenure.experiment.domain.serving;

import static io.tenure.experiment.domain.Samples.number;
import static io.tenure.experiment.domain.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.experiment.domain.InMemoryShelf;
import io.tenure.experiment.domain.Samples;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.ExperimentGuard;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.Flags;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FlagEvaluationTest {

  private static final ProjectId PROJECT = new ProjectId("bank");
  private static final Map<String, Value> WEALTHY =
      Map.of("tier", text("gold"), "balance", number(5_000));

  private static final Caller ANN = new Caller(PROJECT, "person:ann", Caller.Role.EDITOR);

  private final InMemoryShelf<Flag> store = new InMemoryShelf<>();
  private final InMemoryShelf<Experiment> experiments = new InMemoryShelf<>();
  private final TestUsers users = new TestUsers();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final FlagSnapshots snapshots =
      new FlagSnapshots(new Configuration(store, experiments, new InMemoryShelf<Holdout>()), clock);
  private final InMemoryKeptVariants variants = new InMemoryKeptVariants(clock);
  private final Flags flags = new Flags(store, new ExperimentGuard(experiments), snapshots);
  private final FlagEvaluation evaluation = new FlagEvaluation(snapshots, users, variants, clock);

  @Test
  void servesTheOffVariantWhenDisabled() {
    create(Samples.targeted("home", false));

    Evaluation result = evaluate("home", WEALTHY);

    assertThat(result.outcome().reason()).isEqualTo(io.tenure.evaluator.Reason.DISABLED);
    assertThat(result.outcome().value()).isEqualTo(Samples.truth(false));
    assertThat(users.asked).isZero();
  }

  @Test
  void asksNobodyForAFlagWithoutRules() {
    create(Samples.plain("plain", "on"));
    users.away = true;

    Evaluation result = evaluate("plain", Map.of());

    assertThat(result.outcome().reason()).isEqualTo(io.tenure.evaluator.Reason.STATIC);
    assertThat(result.outcome().variant()).isEqualTo("on");
    assertThat(result.degraded()).isFalse();
    assertThat(users.asked).isZero();
  }

  @Test
  void letsTheFirstRuleThatHoldsDecide() {
    create(Samples.homeFlag("home"));
    users.traits = WEALTHY;
    assertThat(evaluate("home", Map.of()).outcome().rule()).isEqualTo("wealthy");

    users.segments = Set.of("testers");
    Evaluation result = evaluate("home", Map.of());
    assertThat(result.outcome().rule()).isEqualTo("testers");
    assertThat(result.outcome().reason()).isEqualTo(io.tenure.evaluator.Reason.TARGETING_MATCH);
  }

  @Test
  void letsTheContextWinOverStoredTraits() {
    create(Samples.homeFlag("home"));
    users.traits = WEALTHY;

    assertThat(evaluate("home", Map.of("balance", number(10))).outcome().rule()).isEmpty();
    assertThat(evaluate("home", Map.of("tier", new Value.Nothing())).outcome().rule()).isEmpty();
  }

  @Test
  void splitsThoseNoRuleHoldsFor() {
    create(Samples.homeFlag("home"));

    Evaluation result = evaluate("home", Map.of());

    assertThat(result.outcome().reason()).isEqualTo(io.tenure.evaluator.Reason.SPLIT);
    long bucket = Dealing.of(UnitType.USER, "home").bucket("user-1");
    assertThat(result.outcome().variant()).isEqualTo(bucket < (1L << 32) / 5 ? "on" : "off");
  }

  @Test
  void tellsTheRestOfATargetedFlagFromAStaticOne() {
    create(Samples.targeted("home", true));

    assertThat(evaluate("home", Map.of()).outcome().reason())
        .isEqualTo(io.tenure.evaluator.Reason.DEFAULT);
  }

  @Test
  void decidesByTheContextWhenStoredKnowledgeIsAway() {
    create(Samples.homeFlag("home"));
    users.away = true;

    Evaluation result = evaluate("home", WEALTHY);

    assertThat(result.outcome().rule()).isEqualTo("wealthy");
    assertThat(result.degraded()).isTrue();
  }

  @Test
  void asksEachSourceOnceForAllFlags() {
    create(Samples.homeFlag("first"));
    create(Samples.homeFlag("second"));
    create(Samples.homeFlag("third"));

    assertThat(all("", "").values())
        .extracting(evaluation -> evaluation.outcome().flag())
        .containsExactly("first", "second", "third");
    assertThat(users.asked).isEqualTo(2);
  }

  @Test
  void changesTheEtagOnlyWithWhatIsAskedFor() {
    create(Samples.homeFlag("home"));
    String first = etag(Map.of());

    assertThat(etag(Map.of("x", number(1)))).isEqualTo(first);
    assertThat(etag(Map.of("balance", number(1)))).isNotEqualTo(first);
    users.segments = Set.of("testers");
    assertThat(etag(Map.of())).isNotEqualTo(first);
    users.segments = Set.of();
    users.away = true;
    assertThat(etag(Map.of())).isNotEqualTo(first);
  }

  @Test
  void decidesNothingForWhoHasTheDecisions() {
    create(Samples.targeted("home", true));
    String known = etag(Map.of());

    FlagEvaluation.Evaluations again = all(known, "");

    assertThat(again.notModified()).isTrue();
    assertThat(again.values()).isEmpty();
    flags.update(ANN, Samples.targeted("home", false), "");
    assertThat(all(known, "").notModified()).isFalse();
  }

  @Test
  void changesTheEtagWhenAScheduleBegins() {
    Instant start = clock.instant().plusSeconds(60);
    create(
        Samples.flag(
            "payday",
            true,
            List.of(
                new FlagRule(
                    "payday",
                    new Schedule(start, Instant.MAX),
                    List.of(),
                    null,
                    Allocation.everybody("on"))),
            Allocation.everybody("off")));
    String before = etag(Map.of());
    clock.advance(Duration.ofSeconds(59));
    assertThat(etag(Map.of())).isEqualTo(before);

    clock.advance(Duration.ofSeconds(1));

    assertThat(etag(Map.of())).isNotEqualTo(before);
    assertThat(evaluate("payday", Map.of()).outcome().variant()).isEqualTo("on");
  }

  @Test
  void tellsWatchersEveryChangeOnce() {
    create(Samples.plain("plain", "on"));
    List<List<String>> heard = new ArrayList<>();
    try (FlagSnapshots.Subscription _ =
        snapshots.subscribe(PROJECT, snapshot -> heard.add(List.copyOf(snapshot.flags().keys())))) {
      create(Samples.plain("second", "on"));
      snapshots.refresh();
    }
    create(Samples.plain("third", "on"));

    assertThat(heard).containsExactly(List.of("plain"), List.of("plain", "second"));
  }

  @Test
  void looksForAChangeTheCallerHeardOf() {
    create(Samples.plain("plain", "on"));
    FlagEvaluation.Evaluations first = all("", "");
    // By another replica.
    store.update(ANN, Samples.plain("plain", "off"), "");

    assertThat(all(first.etag(), first.version()).notModified()).isTrue();
    assertThat(all(first.etag(), "another").notModified()).isFalse();
  }

  private FlagEvaluation.Evaluations all(String known, String heard) {
    return evaluation.evaluateAll(PROJECT, "user-1", Map.of(), known, heard);
  }

  private String etag(Map<String, Value> context) {
    return evaluation.evaluateAll(PROJECT, "user-1", context, "", "").etag();
  }

  @Test
  void servesFromMemoryWhileTheStoreIsAway() {
    create(Samples.plain("plain", "on"));
    evaluate("plain", Map.of());
    store.leave();

    assertThat(snapshots.refresh()).isEqualTo(1);
    assertThat(evaluate("plain", Map.of()).outcome().variant()).isEqualTo("on");
  }

  @Test
  void readsTheStoreAgainOnlyAfterAChange() {
    create(Samples.plain("plain", "on"));
    int before = store.lists();
    evaluate("plain", Map.of());
    snapshots.refresh();
    evaluate("plain", Map.of());
    assertThat(store.lists() - before).isEqualTo(1);

    store.update(ANN, Samples.plain("plain", "off"), "");
    assertThat(evaluate("plain", Map.of()).outcome().variant()).isEqualTo("on");
    snapshots.refresh();
    assertThat(evaluate("plain", Map.of()).outcome().variant()).isEqualTo("off");
  }

  @Test
  void servesOwnChangesAtOnce() {
    create(Samples.plain("plain", "on"));
    evaluate("plain", Map.of());

    flags.update(ANN, Samples.plain("plain", "off"), "");
    assertThat(evaluate("plain", Map.of()).outcome().variant()).isEqualTo("off");

    flags.delete(ANN, "plain");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> evaluate("plain", Map.of()))
        .extracting(Failure::reason)
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void forgetsProjectsNobodyAsksFor() {
    create(Samples.plain("plain", "on"));
    int before = store.lists();
    evaluate("plain", Map.of());
    clock.advance(Duration.ofHours(2));

    snapshots.refresh();
    evaluate("plain", Map.of());

    assertThat(store.lists() - before).isEqualTo(2);
  }

  private void create(Flag flag) {
    flags.create(ANN, flag);
  }

  private Evaluation evaluate(String key, Map<String, Value> context) {
    return evaluation.evaluate(PROJECT, key, "user-1", context);
  }

  @Test
  void readsNothingKeptWhereNothingIsSticky() {
    create(Samples.homeFlag("home"));

    evaluate("home", Map.of());
    all("", "");

    assertThat(variants.reads()).isZero();
    assertThat(variants.writes()).isZero();
  }

  private static final class TestUsers implements KnownUsers {

    private Map<String, Value> traits = Map.of();
    private Set<String> segments = Set.of();
    private boolean away;
    private int asked;

    @Override
    public Optional<KnownUser> find(String id) {
      answer();
      return Optional.of(new KnownUser(1, traits));
    }

    @Override
    public Set<String> segmentsOf(KnownUser user) {
      answer();
      return segments;
    }

    private void answer() {
      asked++;
      if (away) {
        throw Failure.unavailable("Nobody answers", Duration.ofSeconds(1));
      }
    }
  }
}
