/** Traffic for the arms that look best. */
@NullMarked
package io.tenure.statistics.bandit;

import org.jspecify.annotations.NullMarked;
