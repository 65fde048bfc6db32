/** Handing over what the collector keeps about one person. */
@NullMarked
package io.tenure.collector.domain.export;

import org.jspecify.annotations.NullMarked;
