/** Keeps what people entrust to us unreadable in the stores. */
@NullMarked
package io.tenure.platform.seal;

import org.jspecify.annotations.NullMarked;
