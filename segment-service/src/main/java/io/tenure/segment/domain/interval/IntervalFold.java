package io.tenure.segment.domain.interval;

import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.Relation;
import io.tenure.segment.domain.track.Track;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Pairs one user's events. Of one instant starts come first, then events that are both, then ends;
 * an end takes away all starts before it.
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
  private final long rangeEnd;
  private final Map<Integer, ArrayDeque<Long>> waiting = new HashMap<>();

  IntervalFold(IntervalQuery query) {
    this.query = query;
    this.longest = query.rules().longest().toMillis();
    this.rangeEnd = query.scope().range().end().toEpochMilli();
  }

  void fold(Track track, Intervals intervals) {
    waiting.clear();
    for (int first = 0; first < track.size(); ) {
      int end = first + 1;
      while (end < track.size() && track.time(end) == track.time(first)) {
        end++;
      }
      for (int kind : ORDER) {
        for (int event = first; event < end; event++) {
          if (track.mask(event) == kind) {
            take(track, event, kind, intervals);
          }
        }
      }
      first = end;
    }
  }

  private void take(Track track, int event, int kind, Intervals intervals) {
    if ((kind & IntervalQuery.END) != 0) {
      end(track, event, intervals);
    }
    if ((kind & IntervalQuery.START) != 0 && track.time(event) < rangeEnd) {
      start(track, event);
    }
  }

  private void start(Track track, int event) {
    int relation = relation(track, event, Relation.FIRST);
    if (query.relation() != null && relation == Dictionary.NONE) {
      return;
    }
    ArrayDeque<Long> starts = waiting.computeIfAbsent(relation, _ -> new ArrayDeque<>());
    if (!query.rules().firstStart()) {
      starts.clear();
    }
    starts.add(track.time(event));
  }

  private void end(Track track, int event, Intervals intervals) {
    ArrayDeque<Long> starts = waiting.get(relation(track, event, Relation.SECOND));
    if (starts == null) {
      return;
    }
    long time = track.time(event);
    while (!starts.isEmpty() && time - starts.getFirst() > longest) {
      starts.removeFirst();
    }
    if (!starts.isEmpty()) {
      intervals.interval(starts.getFirst(), time - starts.getFirst());
      starts.clear();
    }
  }

  private int relation(Track track, int event, int attribute) {
    return query.relation() == null ? Dictionary.NONE : track.related(attribute, event);
  }
}
