package io.tenure.segment.domain.interval;

import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Relation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Pairs one user's events. Of one instant starts come first, then events that are both, then ends;
 * an end takes away all starts before it. Which start belongs to an end does not depend on the
 * range: a start outside takes its end along.
 */
final class IntervalFold {

  /** Takes one interval, in milliseconds. */
  @FunctionalInterface
  interface Intervals {
    void interval(long start, long length);
  }

  private static final int BOTH = IntervalQuery.START | IntervalQuery.END;
  private static final int[] ORDER = {IntervalQuery.START, BOTH, IntervalQuery.END};

  private final IntervalQuery query;
  private final long longest;
  private final long rangeStart;
  private final long rangeEnd;
  private final Map<Integer, ArrayDeque<Long>> waiting = new HashMap<>();

  IntervalFold(IntervalQuery query) {
    this.query = query;
    this.longest = query.rules().longest().toMillis();
    this.rangeStart = query.scope().range().start().toEpochMilli();
    this.rangeEnd = query.scope().range().end().toEpochMilli();
  }

  void fold(Journey journey, Intervals intervals) {
    waiting.clear();
    for (int first = 0; first < journey.size(); ) {
      int end = first + 1;
      while (end < journey.size() && journey.time(end) == journey.time(first)) {
        end++;
      }
      for (int kind : ORDER) {
        for (int event = first; event < end; event++) {
          if (journey.mask(event) == kind) {
            take(journey, event, kind, intervals);
          }
        }
      }
      first = end;
    }
  }

  private void take(Journey journey, int event, int kind, Intervals intervals) {
    if ((kind & IntervalQuery.END) != 0) {
      end(journey, event, intervals);
    }
    if ((kind & IntervalQuery.START) != 0) {
      start(journey, event);
    }
  }

  private void start(Journey journey, int event) {
    int relation = relation(journey, event, Relation.FIRST);
    if (query.relation() != null && relation == Dictionary.NONE) {
      return;
    }
    ArrayDeque<Long> starts = waiting.computeIfAbsent(relation, _ -> new ArrayDeque<>());
    if (!query.rules().firstStart()) {
      starts.clear();
    }
    starts.add(journey.time(event));
  }

  private void end(Journey journey, int event, Intervals intervals) {
    ArrayDeque<Long> starts = waiting.get(relation(journey, event, Relation.SECOND));
    if (starts == null) {
      return;
    }
    long time = journey.time(event);
    while (!starts.isEmpty() && time - starts.getFirst() > longest) {
      starts.removeFirst();
    }
    if (!starts.isEmpty()) {
      long start = starts.getFirst();
      if (start >= rangeStart && start < rangeEnd) {
        intervals.interval(start, time - start);
      }
      starts.clear();
    }
  }

  private int relation(Journey journey, int event, int attribute) {
    return query.relation() == null ? Dictionary.NONE : journey.related(attribute, event);
  }
}
