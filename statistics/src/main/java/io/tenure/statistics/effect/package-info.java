/**
 * The difference an arm made, on either scale, with its uncertainty or the reason there is none.
 */
@NullMarked
package io.tenure.statistics.effect;

import org.jspecify.annotations.NullMarked;
