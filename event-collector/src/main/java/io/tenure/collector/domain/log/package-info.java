/** The port of the durable log and what goes in and out. */
@NullMarked
package io.tenure.collector.domain.log;

import org.jspecify.annotations.NullMarked;
