/** The door: gRPC in, domain out. */
@NullMarked
package io.tenure.alert.api;

import org.jspecify.annotations.NullMarked;
