/** Outbound messages. */
@NullMarked
package io.tenure.alert.notify;

import org.jspecify.annotations.NullMarked;
