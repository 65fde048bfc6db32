package io.tenure.segment.domain.attribution;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks which touches conversions are owed to.
 *
 * @param scope conversions must lie in its range
 * @param targets what is a conversion
 * @param amount property whose sum is shared as well; null for none
 * @param touches what is a touch; the first that selects an event counts
 * @param property tells touches apart; null tells them apart by their names
 * @param direct texts of touches that {@link AttributionModel#LAST_NON_DIRECT} passes over
 * @param relation which touches can serve which conversions; null for all of a user
 */
public record AttributionQuery(
    Scope scope,
    List<EventSelector> targets,
    Column.@Nullable Property amount,
    List<Touch> touches,
    @Nullable Column property,
    Set<String> direct,
    @Nullable Relation relation,
    AttributionRules rules)
    implements Question {

  /** Accepts 1 to 5 targets and 1 to 15 touches with different names. */
  public AttributionQuery {
    targets = List.copyOf(targets);
    touches = List.copyOf(touches);
    direct = Set.copyOf(direct);
    if (targets.isEmpty() || targets.size() > 5) {
      throw new IllegalArgumentException("Needs 1 to 5 targets");
    }
    if (touches.isEmpty() || touches.size() > 15) {
      throw new IllegalArgumentException("Needs 1 to 15 touches");
    }
    if (touches.stream().map(Touch::name).distinct().count() < touches.size()) {
      throw new IllegalArgumentException("Every touch needs a name of its own");
    }
  }

  /** One kind of touch. */
  public record Touch(String name, EventSelector selector) {
    /** Accepts a name of 1 to 200 characters. */
    public Touch {
      if (name.isEmpty() || name.length() > 200) {
        throw new IllegalArgumentException("The name of a touch must have 1 to 200 characters");
      }
    }
  }

  int targetMask() {
    return (1 << targets.size()) - 1;
  }

  JourneyQuery journeys() {
    return JourneyQuery.of(
            scope.population(),
            JourneyQuery.reach(scope.range(), rules.lookback(), Duration.ZERO),
            Stream.concat(targets.stream(), touches.stream().map(Touch::selector)).toList(),
            false,
            new JourneyQuery.Entry(targetMask(), scope.range()),
            true)
        .with(
            new JourneyQuery.Attributes(
                property == null ? List.of() : List.of(property),
                relation == null ? List.of() : relation.columns(),
                amount == null ? List.of() : List.of(new JourneyQuery.Text(amount, targetMask()))));
  }
}
