/** Each user's events in order of time: what every model that folds them asks for and gets. */
@NullMarked
package io.tenure.segment.domain.journey;

import org.jspecify.annotations.NullMarked;
