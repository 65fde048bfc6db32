/** Squashes in ClickHouse. */
@NullMarked
package io.tenure.profile.store.squash;

import org.jspecify.annotations.NullMarked;
