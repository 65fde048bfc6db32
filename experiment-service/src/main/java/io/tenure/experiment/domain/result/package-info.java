/** What experiments have shown, made of events when it is asked for. */
@NullMarked
package io.tenure.experiment.domain.result;

import org.jspecify.annotations.NullMarked;
