package io.tenure.segment.store;

import io.tenure.condition.store.ConditionJson;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.calendar.BusinessCalendar;
import io.tenure.segment.domain.calendar.CalendarFile;
import io.tenure.segment.domain.saved.AnalysisDraft;
import io.tenure.segment.domain.saved.DashboardDraft;
import io.tenure.segment.domain.saved.Draft;
import io.tenure.segment.domain.saved.Saved;
import io.tenure.segment.domain.saved.Shelf;
import io.tenure.segment.domain.segment.SegmentDraft;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Things of one kind as platform definitions, so every revision stays on record. */
public final class DefinitionShelf<T extends Draft> implements Shelf<T> {

  /** The kind of saved questions. */
  public static final String ANALYSIS = "analysis";

  /** The kind of dashboards. */
  public static final String DASHBOARD = "dashboard";

  /** The kind of segments. */
  public static final String SEGMENT = "segment";

  /** The kind of calendars. */
  public static final String CALENDAR = "calendar";

  private final Definitions definitions;
  private final Function<T, String> write;
  private final Function<String, T> read;

  private DefinitionShelf(
      Definitions definitions, Function<T, String> write, Function<String, T> read) {
    this.definitions = definitions;
    this.write = write;
    this.read = read;
  }

  /** Saved questions in definitions of the kind {@value #ANALYSIS}. */
  public static Shelf<AnalysisDraft> analyses(Definitions definitions) {
    return new DefinitionShelf<>(
        definitions, Json::write, text -> Json.MAPPER.readValue(text, AnalysisDraft.class));
  }

  /** Dashboards in definitions of the kind {@value #DASHBOARD}. */
  public static Shelf<DashboardDraft> dashboards(Definitions definitions) {
    return new DefinitionShelf<>(
        definitions, Json::write, text -> Json.MAPPER.readValue(text, DashboardDraft.class));
  }

  /** Segments in definitions of the kind {@value #SEGMENT}. */
  public static Shelf<SegmentDraft> segments(Definitions definitions) {
    return new DefinitionShelf<>(
        definitions,
        ConditionJson.MAPPER::writeValueAsString,
        text -> ConditionJson.MAPPER.readValue(text, SegmentDraft.class));
  }

  /** Calendars, as calendar files, in definitions of the kind {@value #CALENDAR}. */
  public static Shelf<BusinessCalendar> calendars(Definitions definitions) {
    return new DefinitionShelf<>(
        definitions, CalendarFile::write, text -> CalendarFile.read(CALENDAR, text));
  }

  @Override
  public Optional<Saved<T>> find(ProjectId project, String id) {
    return definitions.find(project, id).map(this::saved);
  }

  @Override
  public List<Saved<T>> list(ProjectId project) {
    return definitions.list(project).stream().map(this::saved).toList();
  }

  @Override
  public List<ProjectId> projects() {
    return definitions.projects();
  }

  @Override
  public Saved<T> create(Caller author, T draft) {
    return saved(
        definitions.create(
            author.project(), draft.heading().id(), write.apply(draft), author.subject()));
  }

  @Override
  public Saved<T> update(Caller author, T draft, String etag) {
    return saved(
        definitions.update(
            author.project(), draft.heading().id(), write.apply(draft), author.subject(), etag));
  }

  @Override
  public void delete(Caller author, String id) {
    definitions.delete(author.project(), id, author.subject());
  }

  private Saved<T> saved(Revision revision) {
    return new Saved<>(
        read.apply(revision.body()),
        revision.number(),
        revision.etag(),
        revision.createTime(),
        revision.updateTime());
  }
}
