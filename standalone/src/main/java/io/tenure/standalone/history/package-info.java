/** Bringing history in from files, through the same door as live events. */
@NullMarked
package io.tenure.standalone.history;

import org.jspecify.annotations.NullMarked;
