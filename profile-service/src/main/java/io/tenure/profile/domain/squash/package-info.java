/** Old merges become final: stored events get the survivors' numbers, and overrides end. */
@NullMarked
package io.tenure.profile.domain.squash;

import org.jspecify.annotations.NullMarked;
