/** Computed traits in ClickHouse: definitions, computations, values; turns in Redis. */
@NullMarked
package io.tenure.profile.store.computed;

import org.jspecify.annotations.NullMarked;
