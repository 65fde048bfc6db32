package io.tenure.profile.store.consent;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
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
    String body = Json.write(policy);
    if (definitions.find(project, ID).isPresent()) {
      return saved(definitions.update(project, ID, body, author, etag));
    }
    if (!etag.isEmpty()) {
      throw Failure.of(Reason.ABORTED, "Nobody has chosen a consent policy yet");
    }
    return saved(definitions.create(project, ID, body, author));
  }

  private static Saved saved(Revision revision) {
    return new Saved(
        Json.MAPPER.readValue(revision.body(), ConsentPolicy.class),
        revision.etag(),
        revision.updateTime(),
        revision.author());
  }
}
