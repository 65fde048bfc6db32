/** Answers that are computed while nobody waits on the line. */
@NullMarked
package io.tenure.segment.domain.background;

import org.jspecify.annotations.NullMarked;
