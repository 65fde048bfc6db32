/** What experiments are judged by. */
@NullMarked
package io.tenure.experiment.domain.metric;

import org.jspecify.annotations.NullMarked;
