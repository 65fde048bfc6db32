package io.tenure.profile.store;

import io.tenure.platform.definition.DefinitionCopies;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.visibility.DataClasses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The classes in the collector's tracking plans, held in memory for the projects asked about. */
public final class PlanDataClasses implements DataClasses {

  /** The collector's kind of definition. */
  public static final String KIND = "tracking-plan";

  private final DefinitionCopies<Classified> copies;

  /** Classes in the definitions of {@link #KIND}. */
  public PlanDataClasses(Definitions plans) {
    this.copies = new DefinitionCopies<>(plans, PlanDataClasses::classified);
  }

  @Override
  public Classified of(ProjectId project) {
    return copies.of(project);
  }

  @Override
  public void refresh() {
    copies.refresh();
  }

  /** Of the one plan a project has. */
  private static Classified classified(List<Revision> plans) {
    return plans.isEmpty() ? Classified.NONE : classified(plans.getFirst());
  }

  private static Classified classified(Revision plan) {
    Set<String> personal = new HashSet<>();
    Set<String> secret = new HashSet<>();
    Set<String> plain = new HashSet<>();
    JsonNode body = Json.read(plan.body());
    for (JsonNode trait : body.path("traits")) {
      if (!trait.path("plainAuthor").asString("").isEmpty()) {
        plain.add(trait.path("name").asString(""));
      }
    }
    add(body.path("traits"), personal, secret);
    for (JsonNode event : body.path("events")) {
      add(event.path("properties"), personal, secret);
    }
    Set<String> sealed = new HashSet<>(personal);
    sealed.removeAll(plain);
    sealed.addAll(secret);
    return new Classified(personal, secret, sealed);
  }

  private static void add(JsonNode properties, Set<String> personal, Set<String> secret) {
    for (JsonNode property : properties) {
      String name = property.path("name").asString("");
      switch (property.path("dataClass").asString("")) {
        case "C2" -> personal.add(name);
        case "C3" -> secret.add(name);
        default -> {}
      }
    }
  }
}
