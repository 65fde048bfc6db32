package io.tenure.collector.domain.merge;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Users of a project who are others for good. One change of a partition for all of them: a change
 * for each user would bury the store.
 *
 * @param newNumbers by old number
 */
public record FinalNumbers(ProjectId project, Map<Long, Long> newNumbers) {

  private static final int MOST = 10_000;

  /** Keeps its own copy. */
  public FinalNumbers {
    newNumbers = Map.copyOf(newNumbers);
    if (newNumbers.isEmpty() || newNumbers.size() > MOST) {
      throw Failure.invalid("numbers", "needs 1 to " + MOST + " users");
    }
    if (newNumbers.values().stream().anyMatch(newNumbers::containsKey)) {
      throw Failure.invalid("numbers", "leads from one user over another");
    }
  }

  /** The old numbers, in an order of their own. */
  public List<Long> before() {
    return newNumbers.keySet().stream().sorted().toList();
  }

  /** The new numbers, in the order of the old ones. */
  public List<Long> after() {
    List<Long> numbers = new ArrayList<>();
    before().forEach(number -> numbers.add(newNumbers.getOrDefault(number, number)));
    return numbers;
  }
}
