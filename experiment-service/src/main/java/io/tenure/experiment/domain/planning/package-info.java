/** How many units an experiment with any number of arms takes. */
@NullMarked
package io.tenure.experiment.domain.planning;

import org.jspecify.annotations.NullMarked;
