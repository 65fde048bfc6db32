/** Consent in ClickHouse and Redis. */
@NullMarked
package io.tenure.profile.store.consent;

import org.jspecify.annotations.NullMarked;
