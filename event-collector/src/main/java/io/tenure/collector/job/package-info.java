/** What the clock drives: the relay's thread. */
@NullMarked
package io.tenure.collector.job;

import org.jspecify.annotations.NullMarked;
