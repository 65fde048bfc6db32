/** The hot store's client: commands and constant scripts. */
@NullMarked
package io.tenure.platform.redis;

import org.jspecify.annotations.NullMarked;
