package io.tenure.profile.domain.computed;

import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.habit.Finding.Lack;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traits of one user.
 *
 * @param traits by name; none when nothing is known
 * @param lack why a habit is not known; null otherwise
 */
public record Outcome(Map<String, TraitValue> traits, @Nullable Lack lack) {}
