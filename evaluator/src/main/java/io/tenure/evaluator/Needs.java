package io.tenure.evaluator;

import io.tenure.condition.domain.Condition;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything the decisions of a flag set can depend on, besides the set itself: whoever compares it
 * knows without deciding that nothing changed.
 *
 * @param units whose ids are asked for
 * @param attributes names that are asked for
 * @param segments ids that are asked for
 * @param keptKeys where what was kept is asked for
 * @param moments instants at which a schedule or a stage of an enrolment begins or ends
 */
public record Needs(
    Set<UnitType> units,
    SortedSet<String> attributes,
    SortedSet<String> segments,
    SortedSet<KeptKey> keptKeys,
    NavigableSet<Instant> moments) {

  /** Copies the sets. */
  public Needs {
    units = Set.copyOf(units);
    attributes = Collections.unmodifiableSortedSet(new TreeSet<>(attributes));
    segments = Collections.unmodifiableSortedSet(new TreeSet<>(segments));
    keptKeys = Collections.unmodifiableSortedSet(new TreeSet<>(keptKeys));
    moments = Collections.unmodifiableNavigableSet(new TreeSet<>(moments));
  }

  static Needs of(Collection<Flag> flags) {
    Gathering gathering = new Gathering();
    flags.forEach(gathering::flag);
    return new Needs(
        gathering.units,
        gathering.attributes,
        gathering.segments,
        gathering.keptKeys,
        gathering.moments);
  }

  private static final class Gathering {

    private final Set<UnitType> units = EnumSet.noneOf(UnitType.class);
    private final SortedSet<String> attributes = new TreeSet<>();
    private final SortedSet<String> segments = new TreeSet<>();
    private final SortedSet<KeptKey> keptKeys = new TreeSet<>();
    private final NavigableSet<Instant> moments = new TreeSet<>();

    void flag(Flag flag) {
      flag.forced().forEach(list -> units.add(list.unit()));
      flag.rules().forEach(this::rule);
      serving(flag.fallthrough());
    }

    private void rule(Rule rule) {
      moments.add(rule.schedule().start());
      moments.add(rule.schedule().end());
      if (rule.condition() != null) {
        condition(rule.condition());
      }
      serving(rule.serving());
    }

    private void condition(Condition condition) {
      switch (condition) {
        case Condition.All all -> all.parts().forEach(this::condition);
        case Condition.Any any -> any.parts().forEach(this::condition);
        case Condition.Not not -> condition(not.part());
        case Condition.Trait trait -> attributes.add(trait.name());
        case Condition.InSegment segment -> segments.add(segment.segmentId());
        case Condition.EventCount _, Condition.Latest _, Condition.Sequence _ -> {}
      }
    }

    private void serving(Serving serving) {
      if (serving instanceof Serving.Split split) {
        if (split.stickiness() != null) {
          keptKeys.add(new KeptKey(split.unit(), split.key()));
        }
        split.gates().forEach(this::gate);
        split.arms().stream()
            .flatMap(arm -> arm.places().stream())
            .forEach(place -> units.add(place.dealing().unit()));
      }
    }

    private void gate(Gate gate) {
      units.add(gate.dealing().unit());
      if (gate instanceof Gate.Enrolment enrolment) {
        enrolment.stages().forEach(stage -> moments.add(stage.from()));
      }
    }
  }
}
