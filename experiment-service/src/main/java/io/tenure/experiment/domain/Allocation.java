package io.tenure.experiment.domain;

import java.util.List;

/**
 * How users are spread over variants: each share is a stretch of the bucket circle, in the order of
 * the list, so that giving weight from the second share to the first moves nobody out of the first.
 */
public record Allocation(List<Share> shares) {

  /** What the weights sum to. */
  public static final int WHOLE = 10_000;

  /** Copies the list. */
  public Allocation {
    shares = List.copyOf(shares);
  }

  /** Everybody gets one variant. */
  public static Allocation everybody(String variant) {
    return new Allocation(List.of(new Share(variant, WHOLE)));
  }

  /** Whether the bucket of a user matters. */
  public boolean isSplit() {
    return shares.stream().filter(share -> share.weight() > 0).count() > 1;
  }

  /**
   * The variant of a bucket in [0, 2^32). A stretch ends at {@code floor(cumulative weight * 2^32 /
   * 10000)}: integers only, so that every implementation cuts alike and the stretches leave no gap.
   */
  public String variantOf(long bucket) {
    long cumulative = 0;
    for (Share share : shares) {
      cumulative += share.weight();
      if (bucket < cumulative * Bucketing.BUCKETS / WHOLE) {
        return share.variant();
      }
    }
    throw new IllegalStateException("The weights do not sum to " + WHOLE);
  }
}
