/** What the collector keeps in ClickHouse and Redis; the log and other rooms are below. */
@NullMarked
package io.tenure.collector.store;

import org.jspecify.annotations.NullMarked;
