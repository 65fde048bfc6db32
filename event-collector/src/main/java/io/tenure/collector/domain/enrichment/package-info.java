/** What a request itself tells about an event: device, place, bot. */
@NullMarked
package io.tenure.collector.domain.enrichment;

import org.jspecify.annotations.NullMarked;
