package io.tenure.profile.domain.computed;

import java.time.Instant;

/** A computed trait as defined by its latest revision. */
public record ComputedTraitDefinition(
    ComputedTrait trait, String etag, Instant createTime, Instant updateTime) {

  /** The id. */
  public String id() {
    return trait.id();
  }
}
