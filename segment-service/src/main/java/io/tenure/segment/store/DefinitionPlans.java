package io.tenure.segment.store;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.catalogue.PlanSource;
import io.tenure.segment.domain.catalogue.PlannedNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The collector's tracking plans. */
public final class DefinitionPlans implements PlanSource {

  /** The collector's kind of definition. */
  public static final String KIND = "tracking-plan";

  private static final String ID = "plan";
  private static final Set<String> HIDDEN = Set.of("C2", "C3");

  private final Definitions definitions;

  /** Plans among the definitions of {@link #KIND}. */
  public DefinitionPlans(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public PlannedNames of(ProjectId project) {
    return definitions.find(project, ID).map(DefinitionPlans::read).orElse(PlannedNames.NONE);
  }

  private static PlannedNames read(Revision plan) {
    JsonNode body = Json.read(plan.body());
    Map<String, PlannedNames.Event> events = new HashMap<>();
    Set<String> hidden = new HashSet<>();
    hide(body.path("traits"), hidden);
    for (JsonNode event : body.path("events")) {
      Map<String, String> properties = new HashMap<>();
      for (JsonNode property : event.path("properties")) {
        properties.put(text(property, "name"), text(property, "description"));
      }
      hide(event.path("properties"), hidden);
      events.put(
          text(event, "name"), new PlannedNames.Event(text(event, "description"), properties));
    }
    return new PlannedNames(events, hidden);
  }

  private static void hide(JsonNode properties, Set<String> hidden) {
    for (JsonNode property : properties) {
      if (HIDDEN.contains(text(property, "dataClass"))) {
        hidden.add(text(property, "name"));
      }
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
