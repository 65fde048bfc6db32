package io.tenure.segment.domain.calendar;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A calendar that can be used.
 *
 * @param revision what a project defined; null for one that comes with Tenure
 */
public record CalendarDefinition(BusinessCalendar calendar, @Nullable Revision revision) {

  /**
   * Which state of a project's calendar it is.
   *
   * @param etag changes with every revision
   */
  public record Revision(String etag, Instant createTime, Instant updateTime) {}
}
