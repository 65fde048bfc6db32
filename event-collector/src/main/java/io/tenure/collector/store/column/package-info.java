/** Columns of single properties in ClickHouse. */
@NullMarked
package io.tenure.collector.store.column;

import org.jspecify.annotations.NullMarked;
