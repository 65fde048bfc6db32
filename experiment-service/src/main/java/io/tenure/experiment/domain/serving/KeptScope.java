package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.UnitType;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Set;

/**
 * What a request may do with kept variants.
 *
 * @param variants where they are
 * @param project whose they are
 * @param units kinds of units whose kept variants its flags may ask for; none means that nothing is
 *     read
 * @param keeping whether it keeps what is dealt; false for whoever only looks
 */
record KeptScope(KeptVariants variants, ProjectId project, Set<UnitType> units, boolean keeping) {

  /** Copies the set. */
  KeptScope {
    units = Set.copyOf(units);
  }
}
