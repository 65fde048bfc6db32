package io.tenure.collector.store;

import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.TrackingPlan;
import io.tenure.collector.domain.plan.TrackingPlans;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Tracking plans as definitions, one in each project. */
public final class DefinitionTrackingPlans implements TrackingPlans {

  /** The kind of definition. */
  public static final String KIND = "tracking-plan";

  /** The id of the one plan of a project. */
  public static final String ID = "plan";

  private final Definitions definitions;

  /** Plans among the definitions of {@link #KIND}. */
  public DefinitionTrackingPlans(Definitions definitions) {
    this.definitions = definitions;
  }

  /** What a revision means. */
  public static PlanIndex read(Revision revision) {
    return new PlanIndex(Json.MAPPER.readValue(revision.body(), TrackingPlan.class));
  }

  @Override
  public Saved get(ProjectId project) {
    return definitions
        .find(project, ID)
        .map(DefinitionTrackingPlans::saved)
        .orElse(new Saved(TrackingPlan.NONE, "", Instant.EPOCH, ""));
  }

  @Override
  public Saved update(ProjectId project, TrackingPlan plan, String etag, String author) {
    return saved(definitions.put(project, ID, Json.write(plan), author, etag));
  }

  private static Saved saved(Revision revision) {
    return new Saved(
        read(revision).plan(), revision.etag(), revision.updateTime(), revision.author());
  }
}
