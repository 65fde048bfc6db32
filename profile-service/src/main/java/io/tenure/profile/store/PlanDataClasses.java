package io.tenure.profile.store;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.visibility.DataClasses;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The classes in the collector's tracking plans, held in memory for the projects asked about. */
public final class PlanDataClasses implements DataClasses {

  /** The collector's kind of definition. */
  public static final String KIND = "tracking-plan";

  private static final Logger LOG = LoggerFactory.getLogger(PlanDataClasses.class);
  private static final String ID = "plan";

  private record Copy(String version, Classified names) {}

  private final Definitions plans;
  private final Map<ProjectId, Copy> copies = new ConcurrentHashMap<>();

  /** Classes in the definitions of {@link #KIND}. */
  public PlanDataClasses(Definitions plans) {
    this.plans = plans;
  }

  @Override
  public Classified of(ProjectId project) {
    return copies.computeIfAbsent(project, this::read).names();
  }

  @Override
  public void refresh() {
    try {
      copies.forEach(this::refresh);
    } catch (Failure away) {
      LOG.debug("The data classes were not read: {}", away.text());
    }
  }

  private void refresh(ProjectId project, Copy before) {
    String version = plans.version(project);
    if (version.isEmpty() || !version.equals(before.version())) {
      copies.put(project, read(project));
    }
  }

  /** The version first: a change in between is read again next time. */
  private Copy read(ProjectId project) {
    String version = plans.version(project);
    return new Copy(
        version, plans.find(project, ID).map(PlanDataClasses::classified).orElse(Classified.NONE));
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
