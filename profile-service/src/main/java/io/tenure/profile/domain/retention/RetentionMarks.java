package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.GoneUsers;
import java.time.Instant;
import java.util.Map;

/**
 * How far each log had been applied, night by night. Who is at or below the marks of some night had
 * no record since; unlike a time kept with each user, that costs nothing.
 */
public interface RetentionMarks extends GoneUsers {

  /**
   * Notes how far the logs are applied, and the highest number given.
   *
   * @param watermarks highest offset applied to any profile, by log
   */
  void set(ProjectId project, Instant time, Map<String, Long> watermarks);

  /** The watermarks at the last mark up to a time; empty when there is none so old. */
  Map<String, Long> at(ProjectId project, Instant time);

  /** The highest number any mark knows; 0 for none. */
  long highestNumber(ProjectId project);

  /** Their ids went with them; what still has such a number is of somebody who stayed. */
  @Override
  default Gone of(ProjectId project) {
    long highest = highestNumber(project);
    return new Gone() {
      @Override
      public long highestNumber() {
        return highest;
      }

      @Override
      public boolean covers(long number) {
        return false;
      }
    };
  }
}
