package io.tenure.profile.domain.search;

import io.tenure.condition.domain.Condition;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which profiles are asked for, and in which order.
 *
 * @param id login id, device id or {@code user_number:N}; empty for any
 * @param condition about traits only; absent for everybody
 */
public record Search(
    ProjectId project, String id, Optional<Condition> condition, Ordering ordering) {

  /** Every trait whose values the store must be able to read; presence tells none. */
  public Set<String> compared() {
    return named(asked().filter(trait -> !trait.comparison().operator().asksPresence()));
  }

  /** Every trait whose values the answer tells something about. */
  public Set<String> traits() {
    return named(asked());
  }

  private Stream<Condition.Trait> asked() {
    return condition.stream()
        .flatMap(Condition::leaves)
        .flatMap(leaf -> leaf instanceof Condition.Trait trait ? Stream.of(trait) : Stream.empty());
  }

  private Set<String> named(Stream<Condition.Trait> asked) {
    return Stream.concat(asked.map(Condition.Trait::name), ordering.traits().stream())
        .collect(Collectors.toSet());
  }
}
