package io.tenure.segment.domain.funnel;

import java.util.Arrays;

/**
 * Finds out whether the events of one instant, or of one window, can serve some steps together,
 * each event serving one step: a bipartite matching grown step by step along augmenting paths (Kuhn
 * 1955, in the form of Hopcroft and Karp 1973, section 1).
 */
final class TieMatching {

  private static final int FREE = -1;

  private int[] masks = new int[16];
  private int[] serves = new int[16];
  private boolean[] visited = new boolean[16];
  private int events;

  /** Forgets all events. */
  void clear() {
    events = 0;
  }

  /**
   * Adds an event.
   *
   * @param repeated how many like it came before; more than it has steps are of no use, so bots
   *     cost nothing
   */
  void add(int mask, int repeated) {
    if (repeated < Integer.bitCount(mask)) {
      if (events == masks.length) {
        masks = Arrays.copyOf(masks, events * 2);
        serves = Arrays.copyOf(serves, events * 2);
        visited = Arrays.copyOf(visited, events * 2);
      }
      masks[events++] = mask;
    }
  }

  /** Starts anew with the same events, none of which serves a step. */
  void release() {
    Arrays.fill(serves, 0, events, FREE);
  }

  /** Lets one more step be served beside those that are; false when it cannot be. */
  boolean serve(int step) {
    Arrays.fill(visited, 0, events, false);
    return find(step);
  }

  private boolean find(int step) {
    for (int event = 0; event < events; event++) {
      if ((masks[event] & 1 << step) == 0 || visited[event]) {
        continue;
      }
      visited[event] = true;
      if (serves[event] == FREE || find(serves[event])) {
        serves[event] = step;
        return true;
      }
    }
    return false;
  }
}
