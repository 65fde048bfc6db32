package io.tenure.experiment.domain.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.Kept;
import io.tenure.evaluator.UnitType;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What everything must do that keeps variants. */
public abstract class KeptVariantsContract {

  /** A user. */
  protected static final Unit ANN = new Unit(UnitType.USER, "ann");

  /** Another. */
  protected static final Unit BOB = new Unit(UnitType.USER, "bob 😀 O'Neil {x}");

  /** Whose it is; another one for each test. */
  protected final ProjectId project = new ProjectId("p" + UUID.randomUUID());

  /** When things are kept. */
  protected final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

  /** The implementation under test. */
  protected abstract KeptVariants variants();

  @Test
  void findsWhatWasKept() {
    Map<Unit, Map<String, Kept>> wanted =
        Map.of(
            ANN, Map.of("exp", new Kept("a b  c", 3), "other#1", new Kept("变体", 0)),
            BOB, Map.of("exp", new Kept("", 1)));

    assertThat(variants().keep(project, wanted)).isEqualTo(wanted);

    assertThat(variants().find(project, List.of(ANN, BOB), true)).isEqualTo(wanted);
    assertThat(variants().find(project, List.of(BOB), false))
        .isEqualTo(Map.of(BOB, Map.of("exp", new Kept("", 1))));
    assertThat(variants().find(new ProjectId("other"), List.of(ANN, BOB), true)).isEmpty();
    assertThat(variants().find(project, List.of(), true)).isEmpty();
  }

  @Test
  void theFirstWins() {
    keep(ANN, "exp", new Kept("on", 1));

    Map<Unit, Map<String, Kept>> now =
        variants()
            .keep(
                project,
                Map.of(
                    ANN, Map.of("exp", new Kept("off", 2), "new", new Kept("off", 1)),
                    BOB, Map.of("exp", new Kept("off", 2))));

    assertThat(now)
        .isEqualTo(
            Map.of(
                ANN, Map.of("exp", new Kept("on", 1), "new", new Kept("off", 1)),
                BOB, Map.of("exp", new Kept("off", 2))));
    assertThat(variants().find(project, List.of(ANN, BOB), true)).isEqualTo(now);
  }

  @Test
  void kindsOfUnitsAreApart() {
    for (UnitType type : UnitType.values()) {
      keep(new Unit(type, "same"), "exp", new Kept(type.name(), 1));
    }

    for (UnitType type : UnitType.values()) {
      Unit unit = new Unit(type, "same");
      assertThat(variants().find(project, List.of(unit), true))
          .isEqualTo(Map.of(unit, Map.of("exp", new Kept(type.name(), 1))));
    }
  }

  @Test
  void takesManyUnitsAtOnce() {
    Map<Unit, Map<String, Kept>> wanted =
        IntStream.range(0, 2_500)
            .boxed()
            .collect(
                Collectors.toMap(
                    number -> new Unit(UnitType.DEVICE, "d" + number),
                    number -> Map.of("exp", new Kept("v" + number % 7, number))));

    assertThat(variants().keep(project, wanted)).isEqualTo(wanted);
    assertThat(variants().find(project, wanted.keySet(), true)).isEqualTo(wanted);
  }

  @Test
  void forgetsWhatWasDealtBefore() {
    Instant start = clock.instant();
    keep(ANN, "old", new Kept("on", 1));
    keep(BOB, "old", new Kept("on", 1));
    clock.advance(Duration.ofMillis(1));
    Instant asked = clock.instant();
    keep(ANN, "new", new Kept("off", 2));

    assertThat(variants().records(project, List.of(ANN), asked))
        .containsExactly(new KeptRecord(ANN, "old", new Kept("on", 1), start));
    variants().forget(project, List.of(ANN), asked);
    variants().forget(project, List.of(ANN), asked);

    assertThat(variants().records(project, List.of(ANN), asked)).isEmpty();
    assertThat(variants().find(project, List.of(ANN, BOB), true))
        .isEqualTo(
            Map.of(
                ANN, Map.of("new", new Kept("off", 2)),
                BOB, Map.of("old", new Kept("on", 1))));
  }

  /** The one variant that is kept. */
  protected static Kept only(Map<Unit, Map<String, Kept>> kept) {
    assertThat(kept).hasSize(1);
    Map<String, Kept> splits = kept.values().iterator().next();
    assertThat(splits).hasSize(1);
    return splits.values().iterator().next();
  }

  /** Keeps one variant. */
  protected final Kept keep(Unit unit, String split, Kept kept) {
    return only(variants().keep(project, Map.of(unit, Map.of(split, kept))));
  }
}
