/** The door: gRPC in, domain called, gRPC out. */
@NullMarked
package io.tenure.segment.api;

import org.jspecify.annotations.NullMarked;
