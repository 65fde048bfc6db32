/** Properties of events that have columns of their own, so that asking for them costs little. */
@NullMarked
package io.tenure.collector.domain.column;

import org.jspecify.annotations.NullMarked;
