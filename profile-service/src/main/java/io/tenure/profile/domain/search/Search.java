package io.tenure.profile.domain.search;

import io.tenure.platform.tenancy.ProjectId;
import java.util.HashSet;
import java.util.Set;

/**
 * Which profiles are asked for, and in which order.
 *
 * @param id login id, device id or {@code user_number:N}; empty for any
 */
public record Search(ProjectId project, String id, TraitFilter filter, Ordering ordering) {

  /** Every trait whose values the store must be able to read. */
  public Set<String> compared() {
    Set<String> traits = new HashSet<>(filter.compared());
    traits.addAll(ordering.traits());
    return traits;
  }

  /** Every trait whose values the answer tells something about. */
  public Set<String> traits() {
    Set<String> traits = new HashSet<>(filter.traits());
    traits.addAll(ordering.traits());
    return traits;
  }
}
