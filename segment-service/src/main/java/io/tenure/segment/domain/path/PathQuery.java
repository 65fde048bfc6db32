package io.tenure.segment.domain.path;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Packing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a journey map.
 *
 * @param scope the event a path is anchored at must lie in its range
 * @param start where paths begin; null for paths that lead to an end
 * @param end where paths end; null for those that begin at a start. With both a path counts if it
 *     reaches the end
 * @param shown events that are nodes; none for all. Start and end always are
 * @param hidden events that are no nodes
 */
public record PathQuery(
    Scope scope,
    @Nullable EventSelector start,
    @Nullable EventSelector end,
    List<EventSelector> shown,
    List<EventSelector> hidden,
    PathNaming naming,
    PathRules rules)
    implements Question {

  /** Accepts a start, an end or both, and up to 21 selectors in all. */
  public PathQuery {
    shown = List.copyOf(shown);
    hidden = List.copyOf(hidden);
    if (start == null && end == null) {
      throw new IllegalArgumentException("A map needs a start, an end or both");
    }
    new Packing(shown.size() + hidden.size() + (start == null ? 0 : 1) + (end == null ? 0 : 1));
  }

  /** Whether paths are walked back from their end. */
  public boolean backwards() {
    return start == null;
  }

  int startMask() {
    return start == null ? 0 : 1;
  }

  int endMask() {
    return end == null ? 0 : start == null ? 1 : 2;
  }

  /** Whether an event with a mask is a node. */
  boolean shows(int mask) {
    int anchors = startMask() | endMask();
    int first = Integer.bitCount(anchors);
    int showing = ((1 << shown.size()) - 1) << first;
    int hiding = ((1 << hidden.size()) - 1) << first + shown.size();
    return (mask & anchors) != 0 || (showing == 0 || (mask & showing) != 0) && (mask & hiding) == 0;
  }

  JourneyQuery journeys() {
    Duration reach = rules.cut().reach();
    boolean sessions = rules.cut() instanceof PathCut.Sessions;
    List<EventSelector> selectors = new ArrayList<>();
    Stream.of(start, end).flatMap(Stream::ofNullable).forEach(selectors::add);
    selectors.addAll(shown);
    selectors.addAll(hidden);
    List<Column> coded = new ArrayList<>(List.of(new Column.Name()));
    if (naming.property() != null) {
      coded.add(new Column.Property(naming.property()));
    }
    return JourneyQuery.of(
            scope.population(),
            JourneyQuery.reach(
                scope.range(),
                sessions || backwards() ? reach : Duration.ZERO,
                backwards() ? Duration.ZERO : reach),
            selectors,
            shown.isEmpty(),
            new JourneyQuery.Entry(backwards() ? endMask() : startMask(), scope.range()),
            true)
        .with(JourneyQuery.Attributes.coded(coded));
  }
}
