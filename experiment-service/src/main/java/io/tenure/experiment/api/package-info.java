/** The gRPC door: messages to domain values and back. */
@NullMarked
package io.tenure.experiment.api;

import org.jspecify.annotations.NullMarked;
