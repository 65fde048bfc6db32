package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Cuts one user's events into the stretches inside which an attempt must lie. */
final class FunnelCut {

  /**
   * A stretch.
   *
   * @param journey its events that matter to a fold
   * @param lastMillis when it ends, at the latest
   */
  record Stretch(Journey journey, long lastMillis) {}

  private final FunnelQuery query;
  private final long rangeStart;

  FunnelCut(FunnelQuery query) {
    this.query = query;
    this.rangeStart = query.scope().range().start().toEpochMilli();
  }

  /** The stretches of a user, in order of their first events. */
  List<Stretch> stretches(Journey journey) {
    Stretch whole = new Stretch(journey, Long.MAX_VALUE);
    if (!query.comesWithMore()) {
      return query.split().held().isEmpty() ? List.of(whole) : apart(whole).toList();
    }
    Journey known = query.firstTime() == 0 ? journey : journey.firstsOnly(query.firstTime());
    return cut(known).stream().flatMap(this::apart).toList();
  }

  private List<Stretch> cut(Journey journey) {
    if (!(query.rules().window() instanceof FunnelWindow.Session(SessionRule rule))) {
      return List.of(stretch(journey, 0, journey.size(), Long.MAX_VALUE));
    }
    List<Stretch> sessions = new ArrayList<>();
    int end;
    for (int first = 0; first < journey.size(); first = end) {
      end = journey.sessionEnd(first, rule);
      sessions.add(stretch(journey, first, end, journey.time(end - 1)));
    }
    return sessions;
  }

  /** Without what came along only to cut sessions, to know firsts or to tell what came next. */
  private Stretch stretch(Journey journey, int from, int to, long lastMillis) {
    boolean strict = query.rules().order() == FunnelOrder.STRICT;
    IntPredicate matters =
        event -> journey.time(event) >= rangeStart && (strict || journey.mask(event) != 0);
    return new Stretch(journey.part(from, to, matters), lastMillis);
  }

  private Stream<Stretch> apart(Stretch stretch) {
    return query.split().held().isEmpty()
        ? Stream.of(stretch)
        : stretch.journey().apart().stream().map(part -> new Stretch(part, stretch.lastMillis()));
  }
}
