/** What reading, writing and keeping profiles costs. */
@NullMarked
package io.tenure.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
