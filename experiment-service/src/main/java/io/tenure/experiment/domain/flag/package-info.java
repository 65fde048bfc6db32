/** Flags as people define them. */
@NullMarked
package io.tenure.experiment.domain.flag;

import org.jspecify.annotations.NullMarked;
