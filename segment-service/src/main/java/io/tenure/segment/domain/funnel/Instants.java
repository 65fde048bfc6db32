package io.tenure.segment.domain.funnel;

/** Cuts a journey into the groups of events that happened in one millisecond. */
final class Instants {

  private final StepPacking packing;
  private long[] journey = {};
  private int from;
  private int to;
  private int steps;
  private int exclusions;
  private boolean overlap;

  Instants(StepPacking packing) {
    this.packing = packing;
  }

  void start(long[] journeyOfUser) {
    this.journey = journeyOfUser;
    this.to = 0;
  }

  /** Goes to the next instant; false behind the last. */
  boolean next() {
    if (to == journey.length) {
      return false;
    }
    from = to;
    steps = 0;
    exclusions = 0;
    overlap = false;
    long time = time();
    while (to < journey.length && packing.millis(journey[to]) == time) {
      int mask = packing.mask(journey[to]);
      overlap |= Integer.bitCount(mask) > 1;
      steps |= mask;
      exclusions |= packing.excluded(journey[to]);
      to++;
    }
    return true;
  }

  long time() {
    return packing.millis(journey[from]);
  }

  int first() {
    return from;
  }

  /** One past the last event. */
  int end() {
    return to;
  }

  /** Whether there is one event only. */
  boolean isSingle() {
    return to - from == 1;
  }

  /** Whether one of the events can serve several steps. */
  boolean overlap() {
    return overlap;
  }

  /** All steps that some event can serve. */
  int steps() {
    return steps;
  }

  /** All exclusions that some event is. */
  int exclusions() {
    return exclusions;
  }

  int mask(int event) {
    return packing.mask(journey[event]);
  }

  /** The first event that can serve a step. */
  int eventFor(int step) {
    for (int event = from; event < to; event++) {
      if ((mask(event) & 1 << step) != 0) {
        return event;
      }
    }
    throw new IllegalArgumentException("No event serves the step");
  }

  void load(TieMatching matching) {
    matching.clear();
    int repeated = 0;
    for (int event = from; event < to; event++) {
      repeated = event > from && mask(event) == mask(event - 1) ? repeated + 1 : 0;
      matching.add(mask(event), repeated);
    }
  }
}
