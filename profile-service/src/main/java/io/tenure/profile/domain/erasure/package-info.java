/** Forgetting a person: tombstones, the steps of an erasure, the receipt. */
@NullMarked
package io.tenure.profile.domain.erasure;

import org.jspecify.annotations.NullMarked;
