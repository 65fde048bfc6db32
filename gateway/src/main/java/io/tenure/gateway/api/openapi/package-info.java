/** The description of everything the gateway serves. */
@NullMarked
package io.tenure.gateway.api.openapi;

import org.jspecify.annotations.NullMarked;
