package io.tenure.segment.domain.funnel;

import java.util.Arrays;

/** Events of a window, and how many steps they can serve together, each event serving one. */
final class StepSet {

  private final int steps;
  private final TieMatching matching = new TieMatching();
  private int[] masks = new int[16];
  private int[] counts = new int[16];
  private int size;

  StepSet(int steps) {
    this.steps = steps;
  }

  void clear() {
    size = 0;
  }

  /** Adds an event; whether it can be of use, as there are not enough like it already. */
  boolean add(int mask) {
    int index = indexOf(mask);
    counts[index]++;
    return counts[index] <= Integer.bitCount(mask);
  }

  void remove(int mask) {
    counts[indexOf(mask)]--;
  }

  /** How many steps can be served together. */
  int served() {
    matching.clear();
    for (int index = 0; index < size; index++) {
      for (int repeated = 0; repeated < counts[index]; repeated++) {
        if (repeated == Integer.bitCount(masks[index])) {
          break;
        }
        matching.add(masks[index], repeated);
      }
    }
    matching.release();
    int served = 0;
    for (int step = 0; step < steps; step++) {
      served += matching.serve(step) ? 1 : 0;
    }
    return served;
  }

  private int indexOf(int mask) {
    for (int index = 0; index < size; index++) {
      if (masks[index] == mask) {
        return index;
      }
    }
    if (size == masks.length) {
      masks = Arrays.copyOf(masks, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    masks[size] = mask;
    counts[size] = 0;
    return size++;
  }
}
