/** Questions as SQL, definitions and snapshots in ClickHouse, turns in Redis. */
@NullMarked
package io.tenure.segment.store;

import org.jspecify.annotations.NullMarked;
