package io.tenure.segment.domain.calendar;

import io.tenure.segment.domain.saved.Saved;
import org.jspecify.annotations.Nullable;

/**
 * A calendar that can be used.
 *
 * @param revision what a project defined; null for one that comes with Tenure
 */
public record CalendarDefinition(
    BusinessCalendar calendar, @Nullable Saved<BusinessCalendar> revision) {

  /** One that a project defined. */
  static CalendarDefinition of(Saved<BusinessCalendar> revision) {
    return new CalendarDefinition(revision.draft(), revision);
  }
}
