/** The event store's client: queries, inserts and migrations. */
@NullMarked
package io.tenure.platform.clickhouse;

import org.jspecify.annotations.NullMarked;
