/** The console's assets. */
@NullMarked
package io.tenure.gateway.api.console;

import org.jspecify.annotations.NullMarked;
