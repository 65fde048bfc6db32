package io.tenure.profile.store.consent;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.consent.ConsentPolicies;
import io.tenure.profile.domain.consent.ConsentPolicy;
import java.time.Instant;

/** Consent policies as definitions, one in each project. */
public final class DefinitionConsentPolicies implements ConsentPolicies {

  /** The kind of definition. */
  public static final String KIND = "consent-policy";

  private static final String ID = "policy";
  private static final Saved NONE = new Saved(ConsentPolicy.DEFAULT, "", Instant.EPOCH, "");

  private final Definitions definitions;

  /** Policies among the definitions of {@link #KIND}. */
  public DefinitionConsentPolicies(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public Saved get(ProjectId project) {
    return definitions.find(project, ID).map(DefinitionConsentPolicies::saved).orElse(NONE);
  }

  @Override
  public String version(ProjectId project) {
    return definitions.version(project);
  }

  @Override
  public Saved update(ProjectId project, ConsentPolicy policy, String etag, String author) {
    return saved(definitions.put(project, ID, Json.write(policy), author, etag));
  }

  private static Saved saved(Revision revision) {
    return new Saved(
        Json.MAPPER.readValue(revision.body(), ConsentPolicy.class),
        revision.etag(),
        revision.updateTime(),
        revision.author());
  }
}
