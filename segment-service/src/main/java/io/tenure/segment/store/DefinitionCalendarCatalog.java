package io.tenure.segment.store;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.calendar.BusinessCalendar;
import io.tenure.segment.domain.calendar.CalendarCatalog;
import io.tenure.segment.domain.calendar.CalendarDefinition;
import io.tenure.segment.domain.calendar.CalendarFile;
import java.util.List;
import java.util.Optional;

/** Calendars as platform definitions of the kind {@value #KIND}, stored as calendar files. */
public final class DefinitionCalendarCatalog implements CalendarCatalog {

  /** The kind of definition. */
  public static final String KIND = "calendar";

  private final Definitions definitions;

  /** A catalog in the given definitions. */
  public DefinitionCalendarCatalog(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public Optional<CalendarDefinition> find(ProjectId project, String id) {
    return definitions.find(project, id).map(DefinitionCalendarCatalog::calendar);
  }

  @Override
  public List<CalendarDefinition> list(ProjectId project) {
    return definitions.list(project).stream().map(DefinitionCalendarCatalog::calendar).toList();
  }

  @Override
  public CalendarDefinition create(Caller author, BusinessCalendar calendar) {
    return calendar(
        definitions.create(
            author.project(), calendar.id(), CalendarFile.write(calendar), author.subject()));
  }

  @Override
  public CalendarDefinition update(Caller author, BusinessCalendar calendar, String etag) {
    return calendar(
        definitions.update(
            author.project(), calendar.id(), CalendarFile.write(calendar), author.subject(), etag));
  }

  @Override
  public void delete(Caller author, String id) {
    definitions.delete(author.project(), id, author.subject());
  }

  private static CalendarDefinition calendar(Revision revision) {
    return new CalendarDefinition(
        CalendarFile.read(KIND, revision.body()),
        new CalendarDefinition.Revision(
            revision.etag(), revision.createTime(), revision.updateTime()));
  }
}
