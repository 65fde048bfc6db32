package io.tenure.profile.domain.consent;

import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Users of a project who turned out to be one person: what any of them decided, the person decided.
 * Nothing is rewritten, so that undoing a merge gives each their own decisions back.
 *
 * @param survivors the number that stands for a merged one
 */
public record MergedPeople(Map<Long, Long> survivors) {

  /** Says who was merged into whom. */
  @FunctionalInterface
  public interface Source {

    /** The survivor of each merged user, never merged itself. */
    Map<Long, Long> of(ProjectId project);
  }

  /** Keeps its own copy. */
  public MergedPeople {
    survivors = Map.copyOf(survivors);
  }

  long person(long number) {
    return survivors.getOrDefault(number, number);
  }

  PersonKey person(PersonKey key) {
    return key.isNumber() && !survivors.isEmpty() ? PersonKey.of(person(key.number())) : key;
  }

  /** Whether a user is one of several who are one person. */
  boolean isMerged(long number) {
    return survivors.containsKey(number) || survivors.containsValue(number);
  }

  /** All numbers of a person. */
  List<Long> numbers(long number) {
    long person = person(number);
    List<Long> numbers = new ArrayList<>(List.of(person));
    survivors.forEach(
        (absorbed, survivor) -> {
          if (survivor == person) {
            numbers.add(absorbed);
          }
        });
    return numbers;
  }
}
