/** Flag evaluation by the OpenFeature remote evaluation protocol. */
@NullMarked
package io.tenure.gateway.api.ofrep;

import org.jspecify.annotations.NullMarked;
