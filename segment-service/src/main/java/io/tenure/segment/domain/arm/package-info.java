/** What the arms of an experiment did, as sums from which statistics follow. */
@NullMarked
package io.tenure.segment.domain.arm;

import org.jspecify.annotations.NullMarked;
