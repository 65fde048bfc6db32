package io.tenure.segment.domain.funnel;

import java.util.Arrays;

/**
 * Finds how many consecutive steps the events of one instant can serve together, each event serving
 * one step: a bipartite matching grown step by step along augmenting paths (Kuhn 1955, in the form
 * of Hopcroft and Karp 1973, section 1).
 */
final class TieMatching {

  private static final int FREE = -1;

  private final int steps;
  private int[] masks = new int[16];
  private int[] serves = new int[16];
  private boolean[] visited = new boolean[16];
  private int events;

  TieMatching(int steps) {
    this.steps = steps;
  }

  /** Takes the events; of equal ones only as many as could be of use, so that bots cost nothing. */
  void load(Packing packing, long[] journey, int from, int to) {
    events = 0;
    int repeated = 0;
    for (int index = from; index < to; index++) {
      int mask = packing.mask(journey[index]);
      boolean same = index > from && packing.mask(journey[index - 1]) == mask;
      repeated = same ? repeated + 1 : 1;
      if (repeated <= Integer.bitCount(mask)) {
        add(mask);
      }
    }
  }

  /** One past the furthest step that can be served, all steps from the first on served too. */
  int furthest(int first) {
    Arrays.fill(serves, 0, events, FREE);
    int step = first;
    while (step < steps) {
      Arrays.fill(visited, 0, events, false);
      if (!serve(step)) {
        break;
      }
      step++;
    }
    return step;
  }

  private boolean serve(int step) {
    for (int event = 0; event < events; event++) {
      if ((masks[event] & 1 << step) == 0 || visited[event]) {
        continue;
      }
      visited[event] = true;
      if (serves[event] == FREE || serve(serves[event])) {
        serves[event] = step;
        return true;
      }
    }
    return false;
  }

  private void add(int mask) {
    if (events == masks.length) {
      masks = Arrays.copyOf(masks, events * 2);
      serves = Arrays.copyOf(serves, events * 2);
      visited = Arrays.copyOf(visited, events * 2);
    }
    masks[events++] = mask;
  }
}
