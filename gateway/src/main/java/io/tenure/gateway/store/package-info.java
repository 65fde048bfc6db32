/** Access definitions in ClickHouse and Redis, sessions and limits in Redis. */
@NullMarked
package io.tenure.gateway.store;

import org.jspecify.annotations.NullMarked;
