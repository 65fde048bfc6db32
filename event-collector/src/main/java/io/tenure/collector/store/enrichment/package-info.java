/** What a user agent and an address tell. */
@NullMarked
package io.tenure.collector.store.enrichment;

import org.jspecify.annotations.NullMarked;
