package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.retention.ExpiringUsers.Found;
import io.tenure.profile.domain.retention.ExpiringUsers.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Goes through the people a part of whom is too old, some at a time. */
public final class StaleUsers {

  private static final int SLICE = 1_000;

  private final ExpiringUsers users;
  private final MergedUsers merged;

  /** Goes through the given users. */
  public StaleUsers(ExpiringUsers users, MergedUsers merged) {
    this.users = users;
    this.merged = merged;
  }

  /** Hands over the numbers of those a part of whom is too old, once it is noted that it goes. */
  void each(
      String runId, Expiry expiry, Part part, Set<String> computed, Consumer<List<Long>> action) {
    long after = 0;
    List<Found> found;
    do {
      found = users.find(expiry, part, computed, after, SLICE);
      if (!found.isEmpty()) {
        List<Long> numbers = everyNumber(expiry.project(), found);
        users.note(runId, expiry, part, numbers);
        action.accept(numbers);
        after = found.getLast().number();
      }
    } while (found.size() == SLICE);
  }

  /** Hands over the numbers of those whose part was noted to go in a night. */
  void eachNoted(String runId, Expiry expiry, Part part, Consumer<List<Long>> action) {
    long after = 0;
    List<Long> noted;
    do {
      noted = users.noted(runId, expiry, part, after, SLICE);
      if (!noted.isEmpty()) {
        action.accept(noted);
        after = noted.getLast();
      }
    } while (noted.size() == SLICE);
  }

  /** Merged users go with whom they were merged into: their profile is what undoing brings back. */
  private List<Long> everyNumber(ProjectId project, List<Found> found) {
    List<Long> numbers = new ArrayList<>(found.size());
    for (Found one : found) {
      if (one.absorbed()) {
        numbers.addAll(merged.numbers(project, one.number()));
      } else {
        numbers.add(one.number());
      }
    }
    return numbers;
  }
}
