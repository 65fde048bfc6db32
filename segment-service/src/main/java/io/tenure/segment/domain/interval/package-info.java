/** Intervals: how long it takes from one event to another. */
@NullMarked
package io.tenure.segment.domain.interval;

import org.jspecify.annotations.NullMarked;
