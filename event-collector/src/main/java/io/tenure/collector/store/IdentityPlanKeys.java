package io.tenure.collector.store;

import io.tenure.collector.domain.intake.IdentityKeys;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the definitions of profile-service say about the keys of ids. */
public final class IdentityPlanKeys {

  /** The kind of definition, which profile-service owns. */
  public static final String KIND = "identity-plan";

  /** The id of the one plan of a project. */
  public static final String ID = "plan";

  private IdentityPlanKeys() {}

  /** What a revision means. */
  public static IdentityKeys read(Revision revision) {
    JsonNode plan = Json.read(revision.body());
    Set<String> names = new HashSet<>();
    for (JsonNode key : plan.path("keys")) {
      names.add(key.path("name").stringValue());
    }
    return new IdentityKeys(names);
  }
}
