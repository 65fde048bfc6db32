/** Coverage-guided fuzzing of everything that reads bytes somebody else made. */
@NullMarked
package io.tenure.collector.fuzz;

import org.jspecify.annotations.NullMarked;
