/** Sending records as a client would. */
@NullMarked
package io.tenure.standalone.ingest;

import org.jspecify.annotations.NullMarked;
