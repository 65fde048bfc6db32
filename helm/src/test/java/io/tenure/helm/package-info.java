/** Checks the chart. */
@NullMarked
package io.tenure.helm;

import org.jspecify.annotations.NullMarked;
