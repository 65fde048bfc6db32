/** The durable log on RocksDB and the event tables in ClickHouse. */
@NullMarked
package io.tenure.collector.store;

import org.jspecify.annotations.NullMarked;
