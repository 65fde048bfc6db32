/** Decides flags and experiments in memory: nothing here knows a store, a network or a clock. */
@NullMarked
package io.tenure.evaluator;

import org.jspecify.annotations.NullMarked;
