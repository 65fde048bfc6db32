/** Rules, alerts and deliveries in ClickHouse and Redis. */
@NullMarked
package io.tenure.alert.store;

import org.jspecify.annotations.NullMarked;
