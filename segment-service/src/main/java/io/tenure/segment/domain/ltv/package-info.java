/** Lifetime value: what users have brought since they started. */
@NullMarked
package io.tenure.segment.domain.ltv;

import org.jspecify.annotations.NullMarked;
