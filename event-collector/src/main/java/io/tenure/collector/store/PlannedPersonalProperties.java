package io.tenure.collector.store;

import io.tenure.collector.domain.column.PersonalProperties;
import io.tenure.collector.domain.plan.DataClass;
import io.tenure.collector.domain.plan.PlannedProperty;
import io.tenure.platform.definition.Definitions;
import java.util.Set;
import java.util.stream.Collectors;

/** What the tracking plans of all projects say, read anew each time. */
public final class PlannedPersonalProperties implements PersonalProperties {

  private final Definitions plans;

  /** Plans among the definitions of {@link DefinitionTrackingPlans#KIND}. */
  public PlannedPersonalProperties(Definitions plans) {
    this.plans = plans;
  }

  @Override
  public Set<String> names() {
    return plans.projects().stream()
        .flatMap(project -> plans.list(project).stream())
        .flatMap(revision -> DefinitionTrackingPlans.read(revision).plan().events().stream())
        .flatMap(event -> event.properties().stream())
        .filter(property -> property.dataClass() != DataClass.C1)
        .map(PlannedProperty::name)
        .collect(Collectors.toSet());
  }
}
