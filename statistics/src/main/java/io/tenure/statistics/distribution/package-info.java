/** Normal and Student distributions right in their tails, and quadrature. */
@NullMarked
package io.tenure.statistics.distribution;

import org.jspecify.annotations.NullMarked;
