package io.tenure.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NeedsTest {

  private static final Instant START = Flags.NOW.minusSeconds(60);
  private static final Instant STAGE = Flags.NOW.plusSeconds(60);

  private static final Dealing ACCOUNTS = Dealing.of(UnitType.ACCOUNT, "a");
  private static final Dealing DEVICES = Dealing.of(UnitType.DEVICE, "d");

  private final FlagSet flags =
      FlagSet.of(
          List.of(
              Flags.forced(
                  Flags.flag(
                      "first",
                      Flags.fixed("off"),
                      new Rule(
                          "rule",
                          new Schedule(START, Instant.MAX),
                          List.of(),
                          new Condition.Any(
                              List.of(
                                  new Condition.Not(
                                      Flags.trait("tier", Operator.EQUAL, Flags.text("gold"))),
                                  new Condition.InSegment("savers"))),
                          Serving.Split.of(
                              "sticky",
                              ACCOUNTS,
                              List.of(
                                  new Gate.Enrolment(
                                      DEVICES,
                                      List.of(new Gate.Stage(STAGE, new Stretch(0, 1L << 32))))),
                              List.of("on", "other"),
                              List.of(5_000, 5_000),
                              new Stickiness(1, 0)))),
                  Map.of("ann", "on")),
              Flags.flag(
                  "second",
                  Flags.halves("users"),
                  Rule.of("rule", Flags.trait("city", Operator.IS_SET), Flags.fixed("on")))));

  @Test
  void namesEverythingThatCanBeAskedFor() {
    Needs needs = flags.needs();

    assertThat(needs.units())
        .containsExactlyInAnyOrder(UnitType.USER, UnitType.ACCOUNT, UnitType.DEVICE);
    assertThat(needs.attributes()).containsExactly("city", "tier");
    assertThat(needs.segments()).containsExactly("savers");
    assertThat(needs.keptKeys()).containsExactly(new KeptKey(UnitType.ACCOUNT, "sticky"));
    assertThat(needs.moments()).contains(START, STAGE);
  }

  @Test
  void namesWhatOneFlagAndThoseItWaitsForAskFor() {
    FlagSet set =
        FlagSet.of(
            List.of(
                Flags.waiting("last", new Prerequisite("middle", Set.of("on"))),
                Flags.waiting("middle", new Prerequisite("sticky", Set.of("on"))),
                Flags.flag(
                    "sticky",
                    Flags.fixed("off"),
                    Rule.of(
                        "rule",
                        null,
                        Serving.Split.of(
                            "kept",
                            ACCOUNTS,
                            List.of(),
                            List.of("on"),
                            List.of(10_000),
                            new Stickiness(1, 0)))),
                Flags.flag("plain", Flags.halves("users"))));

    assertThat(set.needs("last").keptKeys()).containsExactly(new KeptKey(UnitType.ACCOUNT, "kept"));
    assertThat(set.needs("plain").keptKeys()).isEmpty();
    assertThat(set.needs("plain").units()).containsExactly(UnitType.USER);
    assertThat(set.needs("gone").units()).isEmpty();
  }

  @Test
  void namesAllThatIsAskedFor() {
    for (int kind = 0; kind < 16; kind++) {
      Asked asked = new Asked(kind);
      flags.decideAll(asked, Flags.NOW);
      flags.decideAll(asked, STAGE);

      assertThat(flags.needs().units()).containsAll(asked.units);
      assertThat(flags.needs().attributes()).containsAll(asked.attributes);
      assertThat(flags.needs().segments()).containsAll(asked.segments);
      assertThat(flags.needs().keptKeys()).containsAll(asked.kept);
    }
  }

  /** Writes down what it is asked for; each bit of its kind answers one question otherwise. */
  private static final class Asked implements Subject {

    private final int kind;
    private final Set<UnitType> units = EnumSet.noneOf(UnitType.class);
    private final Set<String> attributes = new TreeSet<>();
    private final Set<String> segments = new TreeSet<>();
    private final Set<KeptKey> kept = new TreeSet<>();

    Asked(int kind) {
      this.kind = kind;
    }

    @Override
    public @Nullable String id(UnitType type) {
      units.add(type);
      return (kind & 1) == 0 ? "x" : null;
    }

    @Override
    public @Nullable Value attribute(String name) {
      attributes.add(name);
      return (kind & 2) == 0 ? null : new Value.Text("gold");
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      segments.add(segmentId);
      return (kind & 4) == 0;
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      kept.add(key);
      return (kind & 8) == 0 ? null : new Kept("on", 1);
    }
  }
}
