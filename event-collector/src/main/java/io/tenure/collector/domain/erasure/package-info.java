/** Forgetting people in the log and in the event store. */
@NullMarked
package io.tenure.collector.domain.erasure;

import org.jspecify.annotations.NullMarked;
