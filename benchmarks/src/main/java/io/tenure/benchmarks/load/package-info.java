/** Drives a server and looks at what it costs. */
@NullMarked
package io.tenure.benchmarks.load;

import org.jspecify.annotations.NullMarked;
