/** Identities and hot profiles in Redis, every profile in ClickHouse. */
@NullMarked
package io.tenure.profile.store;

import org.jspecify.annotations.NullMarked;
