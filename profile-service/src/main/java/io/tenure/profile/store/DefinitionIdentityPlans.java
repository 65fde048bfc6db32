package io.tenure.profile.store;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.identity.MappingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Identity plans as definitions, one in each project. */
public final class DefinitionIdentityPlans implements IdentityPlans {

  /** The kind of definition. */
  public static final String KIND = "identity-plan";

  private static final String ID = "plan";
  private static final Saved NONE = new Saved(IdentityPlan.DEFAULT, "", Instant.EPOCH, "");

  private final Definitions definitions;

  /** Plans among the definitions of {@link #KIND}. */
  public DefinitionIdentityPlans(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public Saved get(ProjectId project) {
    return definitions.find(project, ID).map(DefinitionIdentityPlans::saved).orElse(NONE);
  }

  @Override
  public Saved update(ProjectId project, IdentityPlan plan, String etag, String author) {
    return saved(definitions.put(project, ID, Json.write(plan), author, etag));
  }

  private static Saved saved(Revision revision) {
    return new Saved(
        plan(Json.read(revision.body())),
        revision.etag(),
        revision.updateTime(),
        revision.author());
  }

  /** Plans from before there were keys have none. */
  private static IdentityPlan plan(JsonNode body) {
    List<MappingKey> keys = new ArrayList<>();
    for (JsonNode key : body.path("keys")) {
      keys.add(Json.MAPPER.treeToValue(key, MappingKey.class));
    }
    return new IdentityPlan(IdentityPlan.Kind.valueOf(body.path("kind").stringValue()), keys);
  }
}
