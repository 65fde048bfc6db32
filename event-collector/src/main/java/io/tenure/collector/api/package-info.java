/** The doors: the SDK protocols over HTTP, and what the collector tells over gRPC. */
@NullMarked
package io.tenure.collector.api;

import org.jspecify.annotations.NullMarked;
