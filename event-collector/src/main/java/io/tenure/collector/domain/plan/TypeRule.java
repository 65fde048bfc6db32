package io.tenure.collector.domain.plan;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.intake.Step;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.record.Verdict.Accept;
import io.tenure.collector.domain.record.Verdict.Quarantine;
import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds every name to one type: that of the plan, or else that of its first value. Comes last,
 * because a record that is kept aside must not teach anything.
 */
public final class TypeRule implements Step {

  private final Function<ProjectId, PlanIndex> plans;
  private final Catalogue catalogue;

  /** Judges by each project's plan and by what was learned. */
  public TypeRule(Function<ProjectId, PlanIndex> plans, Catalogue catalogue) {
    this.plans = plans;
    this.catalogue = catalogue;
  }

  @Override
  public StepName name() {
    return StepName.TYPES;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    return judge(
        draft, record, names -> catalogue.learn(record.project(), names, record.receiveTime()));
  }

  @Override
  public Verdict explain(Draft draft, LogRecord.Accepted record) {
    return judge(draft, record, names -> catalogue.compare(record.project(), names));
  }

  private Verdict judge(
      Draft draft, LogRecord.Accepted record, Function<List<TypedName>, Catalogue.Lesson> lessons) {
    Reading reading = new Reading(plans.apply(record.project()));
    switch (record) {
      case LogRecord.Event event -> reading.event(draft, event);
      case LogRecord.ProfileChange change -> change.changes().forEach(reading::trait);
      case LogRecord.Item item -> reading.item(draft, item);
    }
    if (reading.fault.isPresent()) {
      return reading.fault.get();
    }
    return switch (lessons.apply(reading.names)) {
      case Catalogue.Lesson.Learned learned -> new Accept(record);
      case Catalogue.Lesson.Conflict conflict ->
          conflict(conflict.name().name(), conflict.type(), conflict.name().type());
      case Catalogue.Lesson.Full full ->
          new Quarantine(
              QuarantineReason.CATALOGUE_FULL,
              "The project has too many different names of scope " + text(full.scope()));
    };
  }

  private static Quarantine conflict(String name, PropertyType due, @Nullable PropertyType seen) {
    return new Quarantine(
        QuarantineReason.TYPE_CONFLICT,
        "'" + name + "' must be " + text(due) + (seen == null ? "" : ", not " + text(seen)));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The names of one record with their types. */
  private static final class Reading {

    private final PlanIndex plan;
    private final List<TypedName> names = new ArrayList<>();
    private Optional<Quarantine> fault = Optional.empty();

    Reading(PlanIndex plan) {
      this.plan = plan;
    }

    /**
     * What is in our form but was not sent as a property (a page's address in Segment's context) is
     * a text there.
     */
    private void event(Draft draft, LogRecord.Event event) {
      boolean planned = plan.has(Scope.EVENT, event.name()) || Presets.hasEvent(event.name());
      names.add(new TypedName(Scope.EVENT, event.name(), null, planned));
      Map<?, ?> sent = sent(draft, "properties");
      event
          .properties()
          .forEach(
              (name, text) ->
                  add(
                      Scope.PROPERTY,
                      name,
                      type(sent.get(name), Presets.added(event.name(), name)),
                      text));
    }

    private void item(Draft draft, LogRecord.Item item) {
      Map<?, ?> sent = sent(draft, draft.dialect() == Dialect.SEGMENT ? "traits" : "properties");
      item.properties()
          .forEach(
              (name, text) ->
                  add(
                      Scope.ITEM,
                      ItemNames.of(item, name),
                      type(sent.get(name), Presets.type(name).orElse(PropertyType.TEXT)),
                      text));
    }

    private static Map<?, ?> sent(Draft draft, String field) {
      return draft.fields().get(field) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** What a step added is of the type every project gives it. */
    private static PropertyType type(@Nullable Object sent, PropertyType added) {
      return sent == null ? added : PropertyType.of(sent).orElse(PropertyType.TEXT);
    }

    private void trait(TraitChange change) {
      String json = change.jsonValue();
      PropertyType.ofJson(json)
          .ifPresent(type -> add(Scope.TRAIT, change.name(), type, unquoted(json)));
    }

    private static String unquoted(String json) {
      return json.length() > 1 && json.charAt(0) == '"'
          ? json.substring(1, json.length() - 1)
          : json;
    }

    private void add(Scope scope, String name, PropertyType seen, String text) {
      Optional<PropertyType> due = plan.type(scope, name);
      if (due.isPresent() && !due.get().admits(seen, text) && fault.isEmpty()) {
        fault = Optional.of(conflict(name, due.get(), seen));
      }
      names.add(new TypedName(scope, name, due.orElse(seen), due.isPresent()));
    }
  }
}
