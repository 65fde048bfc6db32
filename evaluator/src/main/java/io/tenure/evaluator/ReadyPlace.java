package io.tenure.evaluator;

import java.util.List;

/** The buckets of a place as numbers. */
final class ReadyPlace {

  private final ReadyDealing dealing;
  private final long[] bounds;

  ReadyPlace(ReadyDealing dealing, List<Stretch> stretches) {
    this.dealing = dealing;
    this.bounds = new long[stretches.size() * 2];
    for (int index = 0; index < stretches.size(); index++) {
      bounds[2 * index] = stretches.get(index).from();
      bounds[2 * index + 1] = stretches.get(index).to();
    }
  }

  ReadyDealing dealing() {
    return dealing;
  }

  boolean contains(long bucket) {
    for (int index = 0; index < bounds.length; index += 2) {
      if (bounds[index] <= bucket && bucket < bounds[index + 1]) {
        return true;
      }
    }
    return false;
  }
}
