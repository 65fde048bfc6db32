package io.tenure.profile.domain.computed;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitAssigner;
import io.tenure.profile.domain.TraitAssigner.Assignment;
import io.tenure.profile.domain.TraitChange;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.computed.Computation.State;
import io.tenure.profile.domain.computed.ComputationTurns.Turn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs computations, a slice of users after the other: measure, compare with the values before,
 * write the changes durably, apply them to the profiles. The changes are a log of their own with
 * offsets of their own, so a run that dies is taken up again and nothing is applied twice: what it
 * had written is applied first, and then it goes on behind the last slice it had finished.
 */
public final class TraitComputer {

  /** The log of the changes; each project counts its own offsets. */
  public static final String LOG = "computed-traits";

  /** Bits of an offset below the number of the turn; with it, offsets stay exact as doubles. */
  static final int INDEX_BITS = 26;

  private static final int BATCH = 1_000;

  private final ComputedTraitCatalog catalog;
  private final Computations computations;
  private final EventMeasures measures;
  private final RuleAudience audience;
  private final ComputedValues values;
  private final ComputationTurns turns;
  private final TraitAssigner assigner;
  private final Profiled profiled;
  private final Clock clock;
  private final int slice;

  /**
   * A computer over the given ports.
   *
   * @param profiled who gets no value, and loses what they have
   * @param slice user numbers taken at a time
   */
  public TraitComputer(
      ComputedTraitCatalog catalog,
      Computations computations,
      EventMeasures measures,
      RuleAudience audience,
      ComputedValues values,
      ComputationTurns turns,
      TraitAssigner assigner,
      Profiled profiled,
      Clock clock,
      int slice) {
    this.catalog = catalog;
    this.computations = computations;
    this.measures = measures;
    this.audience = audience;
    this.values = values;
    this.turns = turns;
    this.assigner = assigner;
    this.profiled = profiled;
    this.clock = clock;
    this.slice = slice;
  }

  /** Runs what waits, as far as no other process does. */
  public List<Computation> run() {
    List<Computation> open = computations.open();
    Set<ProjectId> projects = new LinkedHashSet<>();
    open.forEach(computation -> projects.add(computation.project()));
    List<Computation> ended = new ArrayList<>();
    for (ProjectId project : projects) {
      long last = values.highestOffset(project) >> INDEX_BITS;
      Optional<Turn> taken = turns.take(project, last);
      if (taken.isPresent()) {
        try (Turn turn = taken.get()) {
          Numbering numbering = new Numbering(turn.number());
          // Read once more: whoever had the turn before may have ended some.
          for (Computation one : computations.open()) {
            if (one.project().equals(project)) {
              ended.add(run(one, turn, numbering));
            }
          }
        }
      }
    }
    return ended;
  }

  private Computation run(Computation computation, Turn turn, Numbering numbering) {
    Computation state = computation;
    try {
      applyWritten(state, turn);
      Optional<ComputedTrait> trait =
          catalog.find(state.project(), state.definitionId()).map(ComputedTraitDefinition::trait);
      Optional<Measuring> measuring = trait.map(measuring(state));
      long total = measures.highestUser(state.project());
      while (state.examined() < total) {
        state = next(state, measuring, total, turn, numbering);
      }
      state = state.ended(State.DONE, "", clock.instant());
    } catch (Failure failure) {
      if (failure.reason() == Reason.UNAVAILABLE || failure.reason() == Reason.ABORTED) {
        throw failure;
      }
      state = state.ended(State.FAILED, failure.text(), clock.instant());
    } catch (RuntimeException defect) {
      // Else it would be tried for ever, and keep all others waiting.
      computations.save(state.ended(State.FAILED, "Internal error", clock.instant()));
      throw defect;
    }
    computations.save(state);
    return state;
  }

  /** What a run wrote that died before its slice was finished. */
  private void applyWritten(Computation state, Turn turn) {
    List<ComputedChange> written = new ArrayList<>();
    values.changes(state.project(), state.id(), state.examined(), written::add);
    apply(written, turn);
  }

  private Computation next(
      Computation state,
      Optional<Measuring> measuring,
      long total,
      Turn turn,
      Numbering numbering) {
    long after = state.examined();
    long upTo = Math.min(total, after + slice);
    Map<Long, Map<String, TraitValue>> before =
        values.latest(state.project(), state.definitionId(), after, upTo);
    List<ComputedChange> changes = new ArrayList<>();
    long[] users = {0};
    measuring.ifPresent(
        found ->
            found
                .users()
                .measure(
                    after,
                    upTo,
                    (user, measure) -> {
                      Map<String, TraitValue> now =
                          profiled.mayBe(state.project(), user)
                              ? found.calculator().outcome(measure).traits()
                              : Map.of();
                      users[0] += now.isEmpty() ? 0 : 1;
                      Map<String, TraitValue> old = before.remove(user);
                      difference(old == null ? Map.of() : old, now)
                          .forEach(
                              (name, value) -> changes.add(numbering.of(state, user, name, value)));
                    }));
    before.forEach(
        (user, old) ->
            difference(old, Map.of())
                .forEach((name, value) -> changes.add(numbering.of(state, user, name, value))));
    requireTurn(turn);
    values.add(changes);
    apply(changes, turn);
    Computation advanced = state.advanced(upTo, total, users[0], changes.size(), clock.instant());
    computations.save(advanced);
    return advanced;
  }

  private Function<ComputedTrait, Measuring> measuring(Computation state) {
    return trait ->
        new Measuring(
            trait.calculation() == Calculation.RULE
                ? new RuleMeasures(audience, state.project(), trait, state.asOf())
                : (after, upTo, visitor) ->
                    measures.measure(state.project(), trait, state.asOf(), after, upTo, visitor),
            new Calculator(trait, state.asOf()));
  }

  private static Map<String, TraitValue> difference(
      Map<String, TraitValue> before, Map<String, TraitValue> now) {
    Map<String, TraitValue> changes = new LinkedHashMap<>();
    now.forEach(
        (name, value) -> {
          if (!value.equals(before.get(name))) {
            changes.put(name, value);
          }
        });
    before.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .forEach(name -> changes.put(name, TraitValue.NULL));
    return changes;
  }

  private void apply(List<ComputedChange> changes, Turn turn) {
    for (int start = 0; start < changes.size(); start += BATCH) {
      requireTurn(turn);
      List<ComputedChange> batch = changes.subList(start, Math.min(start + BATCH, changes.size()));
      assigner.assign(
          batch.getFirst().project(),
          LOG,
          batch.stream()
              .map(
                  change ->
                      new Assignment(
                          change.offset(),
                          change.userNumber(),
                          new TraitChange.Set(change.trait(), change.value())))
              .toList());
    }
  }

  private static void requireTurn(Turn turn) {
    if (!turn.keep()) {
      throw Failure.of(Reason.ABORTED, "Another process computes now");
    }
  }

  /** How a run finds values. */
  private record Measuring(UserMeasures users, Calculator calculator) {}

  /** Gives offsets; turns have numbers of their own, so no two processes ever give the same. */
  private static final class Numbering {
    private long next;

    Numbering(long turn) {
      this.next = turn << INDEX_BITS;
    }

    ComputedChange of(Computation state, long user, String name, TraitValue value) {
      return new ComputedChange(
          state.project(),
          state.definitionId(),
          user,
          name,
          value,
          state.asOf(),
          next++,
          state.id());
    }
  }
}
