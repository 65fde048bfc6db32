/** Flags kept as definitions. */
@NullMarked
package io.tenure.experiment.store;

import org.jspecify.annotations.NullMarked;
