/** Experiments, and what keeps them apart: layers and hold-outs. */
@NullMarked
package io.tenure.experiment.domain.experiment;

import org.jspecify.annotations.NullMarked;
