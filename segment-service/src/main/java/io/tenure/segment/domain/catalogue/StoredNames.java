package io.tenure.segment.domain.catalogue;

import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.tenancy.ProjectId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** What names and values are stored. Duplicates count once. */
public interface StoredNames {

  /** Event names with all but their plan. */
  List<CatalogueEvent> events(ProjectId project, TimeRange range);

  /** Events of the given names by local day. */
  Map<String, SortedMap<LocalDate, Long>> days(
      ProjectId project, Collection<String> names, TimeRange range, ZoneId zone);

  /**
   * Events of a question.
   *
   * @param perMille of a thousand users only the events of this many
   */
  long count(Question question, int perMille);

  /** Values by property. */
  Map<String, CatalogueProperty.Values> properties(Question question, int perMille);

  /**
   * The most frequent values of a property.
   *
   * @param search only values that contain it; empty for all
   */
  List<ValueCount> values(
      Question question, int perMille, String property, String search, int limit);

  /** Which of these properties have columns of their own. */
  Set<String> withColumns(Collection<String> properties);

  /**
   * Which events are looked at.
   *
   * @param event their name; empty for all
   */
  record Question(ProjectId project, String event, TimeRange range) {}

  /** A value and how many events have it. */
  record ValueCount(String value, long events) {}
}
