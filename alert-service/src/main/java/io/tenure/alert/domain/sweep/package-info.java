/** Raising alerts, each exactly once. */
@NullMarked
package io.tenure.alert.domain.sweep;

import org.jspecify.annotations.NullMarked;
