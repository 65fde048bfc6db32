/** How often designs are wrong, counted. */
@NullMarked
package io.tenure.statistics.simulation;

import org.jspecify.annotations.NullMarked;
