/** An event of our own, sent again and again to see that events arrive. */
@NullMarked
package io.tenure.collector.domain.canary;

import org.jspecify.annotations.NullMarked;
