/** The clock's door. */
@NullMarked
package io.tenure.experiment.job;

import org.jspecify.annotations.NullMarked;
