/** The way from the log to the stores. */
@NullMarked
package io.tenure.collector.domain.relay;

import org.jspecify.annotations.NullMarked;
