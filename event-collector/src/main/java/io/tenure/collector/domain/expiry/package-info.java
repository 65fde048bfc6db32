/** Removing what a project keeps no longer. */
@NullMarked
package io.tenure.collector.domain.expiry;

import org.jspecify.annotations.NullMarked;
