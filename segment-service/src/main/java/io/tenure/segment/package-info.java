/** Segments and analyses: who belongs to a group, and what the stored events say. */
@NullMarked
package io.tenure.segment;

import org.jspecify.annotations.NullMarked;
