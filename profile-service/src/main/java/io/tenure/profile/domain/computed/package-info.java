/**
 * Traits computed from events: what they are, how they are computed, and how they reach profiles.
 */
@NullMarked
package io.tenure.profile.domain.computed;

import org.jspecify.annotations.NullMarked;
