/** The one JSON codec of the platform. */
@NullMarked
package io.tenure.platform.json;

import org.jspecify.annotations.NullMarked;
