/** Decides flags: from memory, with what is known about the user. */
@NullMarked
package io.tenure.experiment.domain.serving;

import org.jspecify.annotations.NullMarked;
