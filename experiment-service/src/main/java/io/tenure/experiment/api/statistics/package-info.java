/** The door of the calculators: messages to the values of the statistics library and back. */
@NullMarked
package io.tenure.experiment.api.statistics;

import org.jspecify.annotations.NullMarked;
