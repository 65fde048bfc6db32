package io.tenure.segment.domain.calendar;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.saved.Shelf;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The calendars a project can use: those that come with Tenure, and its own. */
public final class Calendars {

  private static final String KIND = "calendar";

  private final Map<String, BusinessCalendar> shipped;
  private final Shelf<BusinessCalendar> catalog;

  /** Calendars of the given catalog beside those that come with Tenure. */
  public Calendars(Shelf<BusinessCalendar> catalog) {
    this.shipped = new ShippedCalendars().all();
    this.catalog = catalog;
  }

  /** One calendar. */
  public CalendarDefinition get(ProjectId project, String id) {
    return find(project, id).orElseThrow(() -> Failure.notFound(KIND, id));
  }

  /** One calendar, or empty when there is none. */
  public Optional<CalendarDefinition> find(ProjectId project, String id) {
    BusinessCalendar ours = shipped.get(id);
    return ours == null
        ? catalog.find(project, id).map(CalendarDefinition::of)
        : Optional.of(new CalendarDefinition(ours, null));
  }

  /** Up to {@code limit} calendars with an id after {@code after}. */
  public List<CalendarDefinition> list(ProjectId project, String after, int limit) {
    Stream<CalendarDefinition> ours =
        shipped.values().stream().map(calendar -> new CalendarDefinition(calendar, null));
    return Stream.concat(ours, catalog.list(project).stream().map(CalendarDefinition::of))
        .filter(definition -> definition.calendar().id().compareTo(after) > 0)
        .sorted(Comparator.comparing(definition -> definition.calendar().id()))
        .limit(limit)
        .toList();
  }

  /** Defines a calendar. */
  public CalendarDefinition create(Caller author, BusinessCalendar calendar) {
    requireOwn(calendar.id());
    return CalendarDefinition.of(catalog.create(author, calendar));
  }

  /** Replaces a calendar. */
  public CalendarDefinition update(Caller author, BusinessCalendar calendar, String etag) {
    requireOwn(calendar.id());
    return CalendarDefinition.of(catalog.update(author, calendar, etag));
  }

  /** Deletes a calendar; queries that name it fail from then on. */
  public void delete(Caller author, String id) {
    requireOwn(id);
    catalog.delete(author, id);
  }

  private void requireOwn(String id) {
    if (shipped.containsKey(id)) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The calendar '" + id + "' comes with Tenure; use an id of your own");
    }
  }
}
