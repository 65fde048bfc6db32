/** Users who were merged for good: stored events get the survivors' numbers. */
@NullMarked
package io.tenure.collector.domain.merge;

import org.jspecify.annotations.NullMarked;
