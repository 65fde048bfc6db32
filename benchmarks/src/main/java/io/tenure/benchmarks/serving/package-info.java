/** How fast flags and experiments are served, and whether every door decides alike. */
@NullMarked
package io.tenure.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
