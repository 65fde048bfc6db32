/** What analyses cost beside the best plain SQL for the same questions. */
@NullMarked
package io.tenure.benchmarks.analysis;

import org.jspecify.annotations.NullMarked;
