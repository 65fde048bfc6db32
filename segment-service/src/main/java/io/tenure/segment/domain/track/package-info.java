/** Every user's events in order, with small numbers in place of texts: what folds walk. */
@NullMarked
package io.tenure.segment.domain.track;

import org.jspecify.annotations.NullMarked;
