package io.tenure.profile.store.retention;

import io.tenure.platform.definition.DefinitionCopies;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.retention.RetentionPolicies;
import io.tenure.profile.domain.retention.RetentionPolicy;
import java.time.Instant;
import java.util.List;

/** Retention policies as definitions, one in each project. */
public final class DefinitionRetentionPolicies implements RetentionPolicies {

  /** The kind of definition. */
  public static final String KIND = "retention-policy";

  private static final String ID = "policy";
  private static final Saved NONE = new Saved(RetentionPolicy.DEFAULT, "", Instant.EPOCH, "");

  private final Definitions definitions;
  private final DefinitionCopies<RetentionPolicy> copies;

  /** Policies among the definitions of {@link #KIND}. */
  public DefinitionRetentionPolicies(Definitions definitions) {
    this.definitions = definitions;
    this.copies =
        new DefinitionCopies<>(
            definitions,
            revisions ->
                revisions.isEmpty()
                    ? RetentionPolicy.DEFAULT
                    : saved(revisions.getFirst()).policy());
  }

  @Override
  public Saved get(ProjectId project) {
    return definitions.find(project, ID).map(DefinitionRetentionPolicies::saved).orElse(NONE);
  }

  @Override
  public RetentionPolicy recent(ProjectId project) {
    return copies.of(project);
  }

  @Override
  public void refresh() {
    copies.refresh();
  }

  @Override
  public List<ProjectId> projects() {
    return definitions.projects();
  }

  @Override
  public Saved update(ProjectId project, RetentionPolicy policy, String etag, String author) {
    return saved(definitions.put(project, ID, Json.write(policy), author, etag));
  }

  private static Saved saved(Revision revision) {
    return new Saved(
        Json.MAPPER.readValue(revision.body(), RetentionPolicy.class),
        revision.etag(),
        revision.updateTime(),
        revision.author());
  }
}
