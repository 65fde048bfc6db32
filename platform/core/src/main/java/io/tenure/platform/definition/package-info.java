/** What people define, as append-only revisions in ClickHouse with a serving copy in Redis. */
@NullMarked
package io.tenure.platform.definition;

import org.jspecify.annotations.NullMarked;
