package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps the definitions of computed traits. Failures are those of the platform's definitions. */
public interface ComputedTraitCatalog {

  /** The current definition. */
  Optional<ComputedTraitDefinition> find(ProjectId project, String id);

  /** All current definitions by id. */
  List<ComputedTraitDefinition> list(ProjectId project);

  /** Adds one; ALREADY_EXISTS when the id is taken. */
  ComputedTraitDefinition create(Caller author, ComputedTrait trait);

  /** Replaces one; ABORTED when the etag is given and stale. */
  ComputedTraitDefinition update(Caller author, ComputedTrait trait, String etag);

  /** Ends one. */
  void delete(Caller author, String id);

  /** Projects that have or had one. */
  List<ProjectId> projects();
}
