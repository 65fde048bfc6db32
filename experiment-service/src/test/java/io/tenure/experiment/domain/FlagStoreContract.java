package io.tenure.experiment.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every flag store must do. */
public abstract class FlagStoreContract {

  private static final String ANN = "person:ann";
  private static final String BOB = "person:bob";

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private final ProjectId other = new ProjectId("p" + UUID.randomUUID());

  /** The store under test. */
  protected abstract FlagStore store();

  @Test
  void returnsWhatWasCreated() {
    Flag flag = everyKindOfThing();
    StoredFlag created = store().create(project, flag, ANN);

    assertThat(created.flag()).isEqualTo(flag);
    assertThat(store().find(project, flag.key())).contains(created);
    assertThat(store().find(other, flag.key())).isEmpty();
  }

  @Test
  void listsByKey() {
    store().create(project, Samples.plain("b", "on"), ANN);
    store().create(project, Samples.plain("a", "off"), ANN);

    assertThat(store().list(project))
        .extracting(stored -> stored.flag().key())
        .containsExactly("a", "b");
    assertThat(store().list(other)).isEmpty();
  }

  @Test
  void refusesASecondFlagOfTheSameKey() {
    store().create(project, Samples.plain("a", "on"), ANN);

    fails(Reason.ALREADY_EXISTS, () -> store().create(project, Samples.plain("a", "off"), BOB));
  }

  @Test
  void replacesOnlyWhatTheWriterHasRead() {
    String first = store().create(project, Samples.plain("a", "on"), ANN).etag();
    String second = store().update(project, Samples.plain("a", "off"), ANN, first).etag();

    assertThat(second).isNotEqualTo(first);
    fails(Reason.ABORTED, () -> store().update(project, Samples.plain("a", "on"), BOB, first));
    fails(Reason.NOT_FOUND, () -> store().update(project, Samples.plain("z", "on"), BOB, ""));
  }

  @Test
  void forgetsDeletedFlags() {
    store().create(project, Samples.plain("a", "on"), ANN);
    store().delete(project, "a", ANN);

    assertThat(store().find(project, "a")).isEmpty();
    fails(Reason.NOT_FOUND, () -> store().delete(project, "a", ANN));
  }

  @Test
  void changesTheVersionWithEveryChange() {
    store().create(project, Samples.plain("a", "on"), ANN);
    String first = store().version(project);
    assertThat(store().version(project)).isEqualTo(first).isNotEmpty();

    store().update(project, Samples.plain("a", "off"), ANN, "");
    String second = store().version(project);
    store().delete(project, "a", ANN);

    assertThat(List.of(first, second, store().version(project))).doesNotHaveDuplicates();
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
    return new Flag(
        "theme",
        "Theme",
        "Colours of the app",
        true,
        List.of(new Variant("red", nested), new Variant("plain", new Value.Fields(Map.of()))),
        "plain",
        List.of(new FlagRule("some", condition, Allocation.everybody("red"))),
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
