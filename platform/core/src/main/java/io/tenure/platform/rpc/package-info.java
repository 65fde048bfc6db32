/**
 * Calls between services: caller identity, deadlines, retries, breakers and failures on the wire.
 */
@NullMarked
package io.tenure.platform.rpc;

import org.jspecify.annotations.NullMarked;
