package io.tenure.profile.store;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.RuleAudience;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Takes a condition for the numbers of the users who fulfil it, separated by blanks. */
final class NamedAudience implements RuleAudience {

  @Override
  public long[] matching(ProjectId project, String condition, Instant asOf) {
    return Stream.of(condition.split(" ", -1))
        .flatMapToLong(number -> LongStream.of(Long.parseLong(number)))
        .sorted()
        .toArray();
  }

  @Override
  public void check(ProjectId project, String condition, String field) {
    if (condition.isEmpty()) {
      throw Failure.invalid(field, "is no condition");
    }
  }
}
