/** Lifecycle: who is new, comes again, comes back after a pause, or stays away. */
@NullMarked
package io.tenure.segment.domain.lifecycle;

import org.jspecify.annotations.NullMarked;
