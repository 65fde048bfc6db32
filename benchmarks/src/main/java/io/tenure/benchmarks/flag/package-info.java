/** Deciding a flag in memory, beside the evaluators of peers. */
@NullMarked
package io.tenure.benchmarks.flag;

import org.jspecify.annotations.NullMarked;
