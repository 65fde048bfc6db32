package io.tenure.experiment.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stickiness;
import io.tenure.evaluator.Stretch;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.RuleServing;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every shelf must do. */
public abstract class ShelfContract {

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private final ProjectId other = new ProjectId("p" + UUID.randomUUID());
  private final Caller ann = new Caller(project, "person:ann", Caller.Role.EDITOR);
  private final Caller bob = new Caller(project, "person:bob", Caller.Role.EDITOR);

  /** The shelf under test. */
  protected abstract Shelf<Flag> shelf();

  @Test
  void returnsWhatWasCreated() {
    Flag flag = everyKindOfThing();
    Stored<Flag> created = shelf().create(ann, flag);

    assertThat(created.content()).isEqualTo(flag);
    assertThat(shelf().find(project, flag.key())).contains(created);
    assertThat(shelf().find(other, flag.key())).isEmpty();
  }

  @Test
  void listsByKey() {
    shelf().create(ann, Samples.plain("b", "on"));
    shelf().create(ann, Samples.plain("a", "off"));

    assertThat(shelf().list(project))
        .extracting(stored -> stored.content().key())
        .containsExactly("a", "b");
    assertThat(shelf().list(other)).isEmpty();
  }

  @Test
  void refusesASecondFlagOfTheSameKey() {
    shelf().create(ann, Samples.plain("a", "on"));

    fails(Reason.ALREADY_EXISTS, () -> shelf().create(bob, Samples.plain("a", "off")));
  }

  @Test
  void replacesOnlyWhatTheWriterHasRead() {
    String first = shelf().create(ann, Samples.plain("a", "on")).etag();
    String second = shelf().update(ann, Samples.plain("a", "off"), first).etag();

    assertThat(second).isNotEqualTo(first);
    fails(Reason.ABORTED, () -> shelf().update(bob, Samples.plain("a", "on"), first));
    fails(Reason.NOT_FOUND, () -> shelf().update(bob, Samples.plain("z", "on"), ""));
  }

  @Test
  void forgetsDeletedFlags() {
    shelf().create(ann, Samples.plain("a", "on"));
    shelf().delete(ann, "a");

    assertThat(shelf().find(project, "a")).isEmpty();
    fails(Reason.NOT_FOUND, () -> shelf().delete(ann, "a"));
  }

  @Test
  void changesTheVersionWithEveryChange() {
    shelf().create(ann, Samples.plain("a", "on"));
    String first = shelf().version(project);
    assertThat(shelf().version(project)).isEqualTo(first).isNotEmpty();

    shelf().update(ann, Samples.plain("a", "off"), "");
    String second = shelf().version(project);
    shelf().delete(ann, "a");

    assertThat(List.of(first, second, shelf().version(project))).doesNotHaveDuplicates();
  }

  private static Flag everyKindOfThing() {
    Value nested =
        new Value.Fields(
            Map.of(
                "color",
                Samples.text("红"),
                "sizes",
                new Value.Items(List.of(Samples.number(1), Samples.number(2.5))),
                "none",
                new Value.Nothing(),
                "dark",
                Samples.truth(true)));
    Condition condition =
        new Condition.Any(
            List.of(
                new Condition.Not(new Condition.InSegment("savers")),
                Samples.trait("city", Operator.IS_SET),
                new Condition.All(
                    List.of(
                        Samples.trait(
                            "tier",
                            Operator.EQUAL,
                            new io.tenure.condition.domain.Value.Text("gold"),
                            new io.tenure.condition.domain.Value.Decimal(BigDecimal.TEN))))));
    Dealing dealing = new Dealing(UnitType.ACCOUNT, Hashing.GROWTHBOOK_2, "seed", 10_000);
    Serving.Split split =
        new Serving.Split(
            "imported",
            List.of(
                new Gate.Layer("l", new Place(dealing, List.of(new Stretch(0, 5_000)))),
                new Gate.Holdout("h", new Place(dealing, List.of(new Stretch(9_000, 10_000)))),
                Gate.Enrolment.of(dealing, 700),
                new Gate.Enrolment(
                    dealing,
                    List.of(
                        new Gate.Stage(Instant.parse("2026-01-01T00:00:00Z"), new Stretch(0, 1)),
                        new Gate.Stage(Instant.parse("2026-01-02T00:00:00Z"), new Stretch(0, 9))))),
            List.of(new Arm("red", List.of(new Place(dealing, List.of(new Stretch(1, 4)))))),
            new Stickiness(2, 1));
    return new Flag(
        "theme",
        "Theme",
        "Colours of the app",
        true,
        UnitType.DEVICE,
        List.of(new Variant("red", nested), new Variant("plain", new Value.Fields(Map.of()))),
        "plain",
        List.of(new Forced(UnitType.USER, Map.of("ann", "red", "李", "plain"))),
        List.of(new Prerequisite("other", Set.of("on"))),
        List.of(
            FlagRule.of("some", condition, Allocation.everybody("red")),
            new FlagRule(
                "payday",
                new Schedule(Instant.parse("2026-01-01T00:00:00.5Z"), Instant.MAX),
                List.of(new Prerequisite("third", Set.of("a", "b"))),
                null,
                new RuleServing.Tested("theme-test")),
            FlagRule.of("imported", null, new RuleServing.Imported(split))),
        new Allocation(List.of(new Share("red", 1), new Share("plain", 9_999))),
        "salt-1");
  }

  private static void fails(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(call)
        .extracting(Failure::reason)
        .isEqualTo(reason);
  }
}
