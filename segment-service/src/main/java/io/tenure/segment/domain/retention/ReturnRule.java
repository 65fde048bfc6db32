package io.tenure.segment.domain.retention;

import java.util.BitSet;

/** When a user counts for a column of the table. */
public enum ReturnRule {
  /** Came back in a period of the bracket. */
  ON {
    @Override
    boolean holds(BitSet returned, int start, Bracket bracket, int horizon) {
      return any(returned, start + bracket.first(), start + bracket.last());
    }
  },
  /** Came back in a period of the bracket or in a later one of the table. */
  ON_OR_AFTER {
    @Override
    boolean holds(BitSet returned, int start, Bracket bracket, int horizon) {
      return any(returned, start + bracket.first(), start + horizon);
    }

    @Override
    int last(Bracket bracket, int horizon) {
      return horizon;
    }
  },
  /** Came back in a period of the bracket or in an earlier one. */
  ON_OR_BEFORE {
    @Override
    boolean holds(BitSet returned, int start, Bracket bracket, int horizon) {
      return any(returned, start + 1, start + bracket.last());
    }

    @Override
    int first(Bracket bracket) {
      return 1;
    }
  },
  /** Came back in every period up to the end of the bracket. */
  STREAK {
    @Override
    boolean holds(BitSet returned, int start, Bracket bracket, int horizon) {
      return returned.nextClearBit(start + 1) > start + bracket.last();
    }

    @Override
    int first(Bracket bracket) {
      return 1;
    }
  },
  /** Came back in a period of the bracket for the last time in the table. */
  LAST_SEEN {
    @Override
    boolean holds(BitSet returned, int start, Bracket bracket, int horizon) {
      int seen = returned.previousSetBit(start + horizon);
      return seen >= start + bracket.first() && seen <= start + bracket.last();
    }

    @Override
    int settled(Bracket bracket, int horizon) {
      return horizon;
    }
  };

  /**
   * Whether it holds for a user.
   *
   * @param returned the periods in which the user came back
   * @param start the cohort's period
   * @param horizon last return period of the table
   */
  abstract boolean holds(BitSet returned, int start, Bracket bracket, int horizon);

  /** First return period whose amounts a column sums up. */
  int first(Bracket bracket) {
    return bracket.first();
  }

  /** Last return period whose amounts a column sums up. */
  int last(Bracket bracket, int horizon) {
    return bracket.last();
  }

  /** Return period after which a column changes no more. */
  int settled(Bracket bracket, int horizon) {
    return last(bracket, horizon);
  }

  private static boolean any(BitSet returned, int first, int last) {
    int next = returned.nextSetBit(first);
    return next >= 0 && next <= last;
  }
}
