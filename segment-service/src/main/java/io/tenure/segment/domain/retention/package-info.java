/** Retention: who comes back in later periods. */
@NullMarked
package io.tenure.segment.domain.retention;

import org.jspecify.annotations.NullMarked;
