/**
 * Translates the flags of peers, so that an imported experiment goes on with exactly the same
 * units. What cannot be said exactly in our model is refused, never approximated.
 */
@NullMarked
package io.tenure.flagimport;

import org.jspecify.annotations.NullMarked;
