/** REST to gRPC and back, driven by the annotations of the contract. */
@NullMarked
package io.tenure.gateway.api.rest;

import org.jspecify.annotations.NullMarked;
