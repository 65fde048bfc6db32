package io.tenure.segment.domain.calendar;

import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps the calendars of projects. Failures are those of the platform's definitions. */
public interface CalendarCatalog {

  /** The current definition. */
  Optional<CalendarDefinition> find(ProjectId project, String id);

  /** All current definitions by id. */
  List<CalendarDefinition> list(ProjectId project);

  /** Adds a calendar; ALREADY_EXISTS when the id is taken. */
  CalendarDefinition create(Caller author, BusinessCalendar calendar);

  /** Replaces a calendar; ABORTED when the etag is given and stale. */
  CalendarDefinition update(Caller author, BusinessCalendar calendar, String etag);

  /** Ends a calendar. */
  void delete(Caller author, String id);
}
