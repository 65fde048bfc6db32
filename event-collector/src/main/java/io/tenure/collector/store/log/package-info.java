/** The log: on the disk of this machine, or on Kafka. */
@NullMarked
package io.tenure.collector.store.log;

import org.jspecify.annotations.NullMarked;
