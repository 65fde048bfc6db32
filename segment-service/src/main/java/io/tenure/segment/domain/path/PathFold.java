package io.tenure.segment.domain.path;

import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.journey.Journey;
import java.util.Arrays;

/**
 * Finds one user's paths. Where the next node that differs, or the next end, is looked up from the
 * back once, so that a path costs its steps, however many events lie in between: a bot that repeats
 * one event fifty thousand times makes as many short walks.
 */
final class PathFold {

  /** Takes one path; it is valid during the call only. */
  @FunctionalInterface
  interface Paths {
    /**
     * @param session number of the session among the user's; 0 when a window cuts
     */
    void path(int session, Walk walk);
  }

  /** Tells which node an event is shown as. */
  @FunctionalInterface
  interface NodeOf {
    int node(Journey journey, int event);
  }

  private static final int NONE = -1;

  private final PathQuery query;
  private final long rangeStart;
  private final long rangeEnd;
  private final Walk walk;
  private int[] nodes = new int[64];
  private int[] masks = new int[64];
  private int[] sessions = new int[64];
  private long[] times = new long[64];

  /** For each event the next one of its session that is another node, or none. */
  private int[] others = new int[64];

  /** For each event the first of the events in one go that are the same node. */
  private int[] runs = new int[64];

  /** For each event the next end of its session. */
  private int[] ends = new int[64];

  private int size;

  PathFold(PathQuery query) {
    TimeRange range = query.scope().range();
    this.query = query;
    this.rangeStart = range.start().toEpochMilli();
    this.rangeEnd = range.end().toEpochMilli();
    this.walk = new Walk(query.rules().steps());
  }

  /** Tells the paths of a user in the order of their anchors. */
  void fold(Journey journey, NodeOf nodeOf, Paths paths) {
    collect(journey, nodeOf);
    link();
    int anchors = query.backwards() ? query.endMask() : query.startMask();
    int done = NONE;
    for (int event = 0; event < size; event++) {
      boolean anchor =
          (masks[event] & anchors) != 0 && times[event] >= rangeStart && times[event] < rangeEnd;
      if (!anchor || !query.rules().every() && done == sessions[event]) {
        continue;
      }
      done = sessions[event];
      if (query.backwards()) {
        back(event);
      } else {
        forth(event);
      }
      paths.path(sessions[event], walk);
    }
  }

  private void collect(Journey journey, NodeOf nodeOf) {
    size = 0;
    int session = 0;
    int sessionEnd = sessionEnd(journey, 0);
    for (int event = 0; event < journey.size(); event++) {
      if (event == sessionEnd) {
        session++;
        sessionEnd = sessionEnd(journey, event);
      }
      if (query.shows(journey.mask(event))) {
        if (size == nodes.length) {
          grow(size * 2);
        }
        nodes[size] = nodeOf.node(journey, event);
        masks[size] = journey.mask(event);
        sessions[size] = session;
        times[size++] = journey.time(event);
      }
    }
  }

  private int sessionEnd(Journey journey, int first) {
    return switch (query.rules().cut()) {
      case PathCut.Sessions sessions -> journey.sessionEnd(first, sessions.rule());
      case PathCut.Window _ -> journey.size();
    };
  }

  private void link() {
    for (int event = 0; event < size; event++) {
      boolean repeats =
          event > 0
              && query.rules().collapse()
              && sessions[event] == sessions[event - 1]
              && nodes[event] == nodes[event - 1];
      runs[event] = repeats ? runs[event - 1] : event;
    }
    for (int event = size - 1; event >= 0; event--) {
      int next = event + 1;
      boolean goesOn = next < size && sessions[next] == sessions[event];
      others[event] = !goesOn ? NONE : runs[next] == next ? next : others[next];
      ends[event] = !goesOn ? NONE : (masks[next] & query.endMask()) != 0 ? next : ends[next];
    }
  }

  private void forth(int start) {
    long last =
        query.rules().cut() instanceof PathCut.Window window
            ? times[start] + window.length().toMillis()
            : Long.MAX_VALUE;
    int end = ends[start];
    boolean reaches = end != NONE && times[end] <= last;
    walk.clear();
    walk.add(nodes[start], times[start]);
    if (query.endMask() != 0 && !reaches) {
      walk.ends(Walk.End.MISSED);
      return;
    }
    int event = others[start];
    while (event != NONE && times[event] <= last && !(reaches && event >= end)) {
      if (walk.isFull()) {
        break;
      }
      walk.add(nodes[event], times[event]);
      event = others[event];
    }
    if (reaches && !walk.isFull()) {
      walk.add(nodes[end], times[end]);
    }
    walk.ends(reaches ? Walk.End.REACHED : walk.isFull() ? Walk.End.CUT : Walk.End.STOPPED);
  }

  /** The events of a run of one node are one; it begins with the first of them. */
  private void back(int end) {
    long first =
        query.rules().cut() instanceof PathCut.Window window
            ? times[end] - window.length().toMillis()
            : Long.MIN_VALUE;
    walk.clear();
    int event = end;
    while (event >= 0 && sessions[event] == sessions[end] && times[event] >= first) {
      if (walk.isFull()) {
        walk.ends(Walk.End.CUT);
        return;
      }
      walk.add(nodes[event], times[within(runs[event], event, first)]);
      event = runs[event] - 1;
    }
    walk.ends(walk.isFull() ? Walk.End.CUT : Walk.End.STOPPED);
  }

  /** The first event of a run that is not too early. */
  private int within(int runStart, int event, long first) {
    int low = runStart;
    int high = event;
    while (low < high) {
      int middle = low + high >>> 1;
      if (times[middle] >= first) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void grow(int length) {
    nodes = Arrays.copyOf(nodes, length);
    masks = Arrays.copyOf(masks, length);
    sessions = Arrays.copyOf(sessions, length);
    times = Arrays.copyOf(times, length);
    runs = Arrays.copyOf(runs, length);
    others = Arrays.copyOf(others, length);
    ends = Arrays.copyOf(ends, length);
  }
}
