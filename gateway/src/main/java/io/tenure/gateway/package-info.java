/** The one door of the platform: who may enter, and where a request goes. */
@NullMarked
package io.tenure.gateway;

import org.jspecify.annotations.NullMarked;
