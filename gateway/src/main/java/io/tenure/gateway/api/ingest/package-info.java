/** The raw routes on which SDKs send events to the collector. */
@NullMarked
package io.tenure.gateway.api.ingest;

import org.jspecify.annotations.NullMarked;
