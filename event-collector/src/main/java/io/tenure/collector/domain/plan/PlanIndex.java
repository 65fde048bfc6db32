package io.tenure.collector.domain.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan made ready for asking; made once for each change of a plan. */
public final class PlanIndex {

  /** Of a project without a plan. */
  public static final PlanIndex NONE = new PlanIndex(TrackingPlan.NONE);

  private final TrackingPlan plan;
  private final Map<String, EventIndex> events = new HashMap<>();
  private final Map<String, PropertyType> properties = new HashMap<>();
  private final Map<String, PropertyType> traits = new HashMap<>();
  private final Set<String> secret = new HashSet<>();

  /** A planned event. */
  record EventIndex(Set<String> properties, Set<String> required) {}

  /** Prepares a plan. */
  public PlanIndex(TrackingPlan plan) {
    this.plan = plan;
    for (PlannedEvent event : plan.events()) {
      Set<String> names = new HashSet<>();
      Set<String> required = new HashSet<>();
      for (PlannedProperty property : event.properties()) {
        names.add(property.name());
        add(property, properties);
        if (property.required()) {
          required.add(property.name());
        }
      }
      events.put(event.name(), new EventIndex(names, required));
    }
    plan.traits().forEach(trait -> add(trait, traits));
  }

  private void add(PlannedProperty property, Map<String, PropertyType> types) {
    types.put(property.name(), property.type());
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
    };
  }

  boolean enforces() {
    return plan.mode() == Mode.ENFORCE;
  }

  @Nullable EventIndex event(String name) {
    return events.get(name);
  }

  /** The type people gave a name, or the one it has in every project. */
  Optional<PropertyType> type(Scope scope, String name) {
    @Nullable PropertyType planned = (scope == Scope.TRAIT ? traits : properties).get(name);
    return planned == null ? Presets.type(name) : Optional.of(planned);
  }
}
