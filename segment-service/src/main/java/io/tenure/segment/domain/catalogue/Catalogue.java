package io.tenure.segment.domain.catalogue;

import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.catalogue.StoredNames.Question;
import io.tenure.segment.domain.catalogue.StoredNames.ValueCount;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a project can ask about: what is stored, beside what is planned. Counts of events are exact.
 * Properties are looked at in all events or, where they are too many, in all events of some users,
 * and the answer says so.
 */
public final class Catalogue {

  private final StoredNames stored;
  private final PlanSource plans;
  private final long mostEvents;

  /**
   * A catalogue.
   *
   * @param mostEvents how many events properties are looked at in, about
   */
  public Catalogue(StoredNames stored, PlanSource plans, long mostEvents) {
    this.stored = stored;
    this.plans = plans;
    this.mostEvents = mostEvents;
  }

  /** Names that contain a text, most frequent first. */
  public List<CatalogueEvent> events(ProjectId project, TimeRange range, String search) {
    Map<String, PlannedNames.Event> planned = new TreeMap<>(plans.of(project).events());
    List<CatalogueEvent> events = new ArrayList<>();
    for (CatalogueEvent event : stored.events(project, range)) {
      PlannedNames.Event plan = planned.remove(event.name());
      events.add(
          new CatalogueEvent(
              event.name(),
              event.occurrence(),
              event.users(),
              plan != null,
              plan == null ? "" : plan.description(),
              event.days()));
    }
    planned.forEach((name, plan) -> events.add(CatalogueEvent.unseen(name, plan.description())));
    events.removeIf(event -> !contains(event.name(), search));
    return CatalogueEvent.sorted(events);
  }

  /** The same events with their counts by local day. */
  public List<CatalogueEvent> withDays(
      ProjectId project, List<CatalogueEvent> events, TimeRange range, ZoneId zone) {
    Map<String, SortedMap<LocalDate, Long>> days =
        stored.days(project, events.stream().map(CatalogueEvent::name).toList(), range, zone);
    return events.stream()
        .map(
            event ->
                new CatalogueEvent(
                    event.name(),
                    event.occurrence(),
                    event.users(),
                    event.planned(),
                    event.description(),
                    days.getOrDefault(event.name(), new TreeMap<>())))
        .toList();
  }

  /** Properties and the events they were found in. */
  public record Properties(List<CatalogueProperty> list, Sample sample) {}

  /** Properties whose name contains a text, most frequent first. */
  public Properties properties(Question question, String search) {
    Sample sample = sample(question);
    PlannedNames plan = plans.of(question.project());
    Map<String, CatalogueProperty.Values> found =
        new TreeMap<>(stored.properties(question, sample.perMille()));
    Map<String, String> planned = plan.properties(question.event());
    planned.keySet().forEach(name -> found.putIfAbsent(name, CatalogueProperty.Values.NONE));
    found.keySet().removeIf(name -> !contains(name, search));
    Set<String> columns = stored.withColumns(found.keySet());
    List<CatalogueProperty> properties = new ArrayList<>();
    found.forEach(
        (name, values) -> {
          boolean hidden = plan.hidden().contains(name);
          properties.add(
              new CatalogueProperty(
                  name,
                  hidden ? values.withoutRange() : values,
                  new CatalogueProperty.Plan(
                      planned.containsKey(name), planned.getOrDefault(name, ""), hidden),
                  columns.contains(name)));
        });
    return new Properties(CatalogueProperty.sorted(properties), sample);
  }

  /** Values and the events they were found in. */
  public record Values(List<ValueCount> list, Sample sample) {}

  /**
   * The most frequent values of a property.
   *
   * @throws Failure FAILED_PRECONDITION when its values are shown to nobody
   */
  public Values values(Question question, String property, String search, int limit) {
    if (plans.of(question.project()).hidden().contains(property)) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION, "Values of class C2 or C3 are not shown in the catalogue");
    }
    Sample sample = sample(question);
    return new Values(stored.values(question, sample.perMille(), property, search, limit), sample);
  }

  private Sample sample(Question question) {
    long all = stored.count(question, Sample.ALL);
    int perMille = Sample.perMille(all, mostEvents);
    return new Sample(perMille, perMille == Sample.ALL ? all : stored.count(question, perMille));
  }

  private static boolean contains(String name, String search) {
    return name.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
  }
}
