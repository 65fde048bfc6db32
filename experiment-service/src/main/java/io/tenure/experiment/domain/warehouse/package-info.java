/** Assigning where units are stored: experiments as SQL. */
@NullMarked
package io.tenure.experiment.domain.warehouse;

import org.jspecify.annotations.NullMarked;
