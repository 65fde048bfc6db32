/** What an experiment's sums say, metric by metric, on the terms of its design. */
@NullMarked
package io.tenure.experiment.domain.analysis;

import org.jspecify.annotations.NullMarked;
