/** Who saw what an experiment dealt. */
@NullMarked
package io.tenure.experiment.domain.exposure;

import org.jspecify.annotations.NullMarked;
