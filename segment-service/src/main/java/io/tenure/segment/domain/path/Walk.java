package io.tenure.segment.domain.path;

/** One path: its nodes from the anchor on, and when each was entered. Folds reuse it. */
final class Walk {

  /** How a path ends. */
  enum End {
    /** Nothing follows. */
    STOPPED,
    /** More may follow than steps are asked for. */
    CUT,
    /** The end that was asked for. */
    REACHED,
    /** The end that was asked for was not reached, so the path does not count. */
    MISSED
  }

  private final int[] nodes;
  private final long[] times;
  private int length;
  private End end = End.STOPPED;

  Walk(int steps) {
    this.nodes = new int[steps];
    this.times = new long[steps];
  }

  int length() {
    return length;
  }

  int node(int step) {
    return nodes[step];
  }

  long time(int step) {
    return times[step];
  }

  End end() {
    return end;
  }

  boolean isFull() {
    return length == nodes.length;
  }

  void clear() {
    length = 0;
  }

  void add(int node, long time) {
    nodes[length] = node;
    times[length++] = time;
  }

  void ends(End how) {
    end = how;
  }
}
