package io.tenure.collector.domain.plan;

import io.tenure.platform.failure.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a project intends to collect. */
public record TrackingPlan(
    Mode mode, List<PlannedEvent> events, List<PlannedProperty> traits, List<PlannedItem> items) {

  /** Of a project that has none: everything is accepted and learned. */
  public static final TrackingPlan NONE = new TrackingPlan(Mode.OBSERVE, List.of(), List.of());

  private static final int MOST_EVENTS = 2_000;
  private static final int MOST_PROPERTIES = 300;
  private static final int LONGEST_NAME = 100;

  /** Copies the lists. Plans saved before items could be planned have none. */
  public TrackingPlan {
    events = List.copyOf(events);
    traits = List.copyOf(traits);
    items = Optional.ofNullable(items).map(List::copyOf).orElse(List.of());
  }

  /** A plan without items. */
  public TrackingPlan(Mode mode, List<PlannedEvent> events, List<PlannedProperty> traits) {
    this(mode, events, traits, List.of());
  }

  /**
   * Checks what people wrote.
   *
   * @throws Failure INVALID_ARGUMENT
   */
  public void check() {
    most("plan.events", events.size(), MOST_EVENTS);
    most("plan.traits", traits.size(), MOST_EVENTS);
    Set<String> names = new HashSet<>();
    Map<String, PropertyType> types = new HashMap<>();
    for (PlannedEvent event : events) {
      name("plan.events.name", event.name(), names);
      most("plan.events.properties", event.properties().size(), MOST_PROPERTIES);
      Set<String> own = new HashSet<>();
      for (PlannedProperty property : event.properties()) {
        if (property.plainAuthor() != null) {
          throw Failure.invalid("plan.events.properties.sealing", "is for traits only");
        }
        name("plan.events.properties.name", property.name(), own);
        PropertyType other = types.putIfAbsent(property.name(), property.type());
        if (other != null && other != property.type()) {
          throw Failure.invalid(
              "plan.events.properties.type", "must be the same in all events that have the name");
        }
      }
    }
    checkItems();
    Set<String> own = new HashSet<>();
    for (PlannedProperty trait : traits) {
      name("plan.traits.name", trait.name(), own);
      if (trait.required()) {
        throw Failure.invalid("plan.traits.required", "is for properties of events only");
      }
      if (trait.plainAuthor() != null && trait.dataClass() != DataClass.C2) {
        throw Failure.invalid("plan.traits.sealing", "can be plain for class C2 only");
      }
    }
  }

  /** The plan as it is saved: who kept a trait plain before is still who decided it. */
  public TrackingPlan after(TrackingPlan before) {
    Map<String, PlannedProperty> known = new HashMap<>();
    before.traits.forEach(trait -> known.put(trait.name(), trait));
    List<PlannedProperty> signed =
        traits.stream()
            .map(
                trait -> {
                  PlannedProperty earlier = known.get(trait.name());
                  return trait.plainAuthor() == null
                          || earlier == null
                          || earlier.plainAuthor() == null
                      ? trait
                      : trait.plainBy(earlier.plainAuthor());
                })
            .toList();
    return new TrackingPlan(mode, events, signed, items);
  }

  private void checkItems() {
    most("plan.items", items.size(), MOST_EVENTS);
    Set<String> types = new HashSet<>();
    for (PlannedItem item : items) {
      name("plan.items.type", item.type(), types);
      most("plan.items.properties", item.properties().size(), MOST_PROPERTIES);
      Set<String> own = new HashSet<>();
      item.properties().forEach(each -> name("plan.items.properties.name", each.name(), own));
    }
  }

  private static void most(String field, int size, int most) {
    if (size > most) {
      throw Failure.invalid(field, "must be at most " + most);
    }
  }

  private static void name(String field, String name, Set<String> before) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw Failure.invalid(field, "must have 1 to " + LONGEST_NAME + " characters");
    }
    if (!before.add(name)) {
      throw Failure.invalid(field, "must not occur twice");
    }
  }
}
