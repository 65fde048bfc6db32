/** How many units an answer takes. */
@NullMarked
package io.tenure.statistics.power;

import org.jspecify.annotations.NullMarked;
