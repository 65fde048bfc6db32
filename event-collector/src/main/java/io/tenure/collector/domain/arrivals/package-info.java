/** Records of a watched id, shown as they arrive. */
@NullMarked
package io.tenure.collector.domain.arrivals;

import org.jspecify.annotations.NullMarked;
