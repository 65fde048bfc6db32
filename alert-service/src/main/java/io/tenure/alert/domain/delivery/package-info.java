/** Bringing alerts to their receivers. */
@NullMarked
package io.tenure.alert.domain.delivery;

import org.jspecify.annotations.NullMarked;
