package io.tenure.segment.domain.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event name.
 *
 * @param planned whether the tracking plan has it
 * @param description what the plan says it means
 * @param days events by local day, if asked for
 */
public record CatalogueEvent(
    String name,
    Occurrence occurrence,
    long users,
    boolean planned,
    String description,
    SortedMap<LocalDate, Long> days) {

  /** One that is planned and was not seen. */
  static CatalogueEvent unseen(String name, String description) {
    return new CatalogueEvent(name, Occurrence.NONE, 0, true, description, new TreeMap<>());
  }

  /** Most frequent first, then by name. */
  static List<CatalogueEvent> sorted(List<CatalogueEvent> events) {
    return events.stream()
        .sorted(Occurrence.order(CatalogueEvent::occurrence, CatalogueEvent::name))
        .toList();
  }
}
