package io.tenure.segment.domain.funnel;

import java.util.Optional;

/**
 * One number of a funnel, behind which there are users.
 *
 * @param step step index from 0
 * @param lost the users lost before the step instead of those who did it
 * @param value only attempts with this value of the breakdown, written as in {@link Journey};
 *     absent for all
 * @param period only attempts that entered in this period; absent for all
 */
public record FunnelCell(int step, boolean lost, Optional<String> value, Optional<Integer> period) {

  /** A step as a whole. */
  public static FunnelCell of(int step, boolean lost) {
    return new FunnelCell(step, lost, Optional.empty(), Optional.empty());
  }
}
