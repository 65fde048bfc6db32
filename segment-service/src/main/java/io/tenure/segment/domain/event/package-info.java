/** Stored events, to look at. */
@NullMarked
package io.tenure.segment.domain.event;

import org.jspecify.annotations.NullMarked;
