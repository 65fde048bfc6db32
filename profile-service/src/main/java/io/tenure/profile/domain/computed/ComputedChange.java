package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitValue;
import java.time.Instant;

/**
 * One value that changed.
 *
 * @param definitionId the computed trait
 * @param value {@link TraitValue#NULL} when there is none any more
 * @param asOf from when on it holds
 * @param offset position in the project's log of changes
 * @param computationId the run that found it
 */
public record ComputedChange(
    ProjectId project,
    String definitionId,
    long userNumber,
    String trait,
    TraitValue value,
    Instant asOf,
    long offset,
    String computationId) {}
