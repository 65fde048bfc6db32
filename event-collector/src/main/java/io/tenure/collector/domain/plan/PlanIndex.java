package io.tenure.collector.domain.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan made ready for asking; made once for each change of a plan. */
public final class PlanIndex {

  /** Of a project without a plan. */
  public static final PlanIndex NONE = new PlanIndex(TrackingPlan.NONE);

  private final TrackingPlan plan;
  private final Map<String, EventIndex> events = new HashMap<>();
  private final Map<String, PropertyType> properties = new HashMap<>();
  private final Map<String, PropertyType> traits = new HashMap<>();
  private final Map<String, EventIndex> items = new HashMap<>();
  private final Map<String, PropertyType> itemProperties = new HashMap<>();
  private final Set<String> secret = new HashSet<>();

  /** A planned event or type of items. */
  record EventIndex(Set<String> properties, Set<String> required) {}

  /** Prepares a plan. */
  public PlanIndex(TrackingPlan plan) {
    this.plan = plan;
    for (PlannedEvent event : plan.events()) {
      events.put(event.name(), index(event.properties()));
      event.properties().forEach(property -> add(property, property.name(), properties));
    }
    for (PlannedItem item : plan.items()) {
      items.put(item.type(), index(item.properties()));
      item.properties()
          .forEach(
              property ->
                  add(property, ItemNames.of(item.type(), property.name()), itemProperties));
    }
    plan.traits().forEach(trait -> add(trait, trait.name(), traits));
  }

  private static EventIndex index(List<PlannedProperty> properties) {
    return new EventIndex(
        properties.stream().map(PlannedProperty::name).collect(Collectors.toSet()),
        properties.stream()
            .filter(PlannedProperty::required)
            .map(PlannedProperty::name)
            .collect(Collectors.toSet()));
  }

  private void add(PlannedProperty property, String name, Map<String, PropertyType> types) {
    types.put(name, property.type());
    if (property.dataClass() == DataClass.C3) {
      secret.add(property.name());
    }
  }

  /** The plan itself. */
  public TrackingPlan plan() {
    return plan;
  }

  /** Names of class C3. */
  public Set<String> secretNames() {
    return secret;
  }

  /** Whether the plan itself, not only every project's plan, has the name. */
  public boolean has(Scope scope, String name) {
    return switch (scope) {
      case EVENT -> events.containsKey(name);
      case PROPERTY -> properties.containsKey(name);
      case TRAIT -> traits.containsKey(name);
      case ITEM -> itemProperties.containsKey(name);
    };
  }

  boolean enforces() {
    return plan.mode() == Mode.ENFORCE;
  }

  @Nullable EventIndex event(String name) {
    return events.get(name);
  }

  /** What is planned for items of a type. */
  @Nullable EventIndex item(String type) {
    return items.get(type);
  }

  /** The type people gave a name, or the one it has in every project. */
  Optional<PropertyType> type(Scope scope, String name) {
    Map<String, PropertyType> planned =
        switch (scope) {
          case EVENT, PROPERTY -> properties;
          case TRAIT -> traits;
          case ITEM -> itemProperties;
        };
    @Nullable PropertyType type = planned.get(name);
    return type == null && scope != Scope.ITEM ? Presets.type(name) : Optional.ofNullable(type);
  }
}
