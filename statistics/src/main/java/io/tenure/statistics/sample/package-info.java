/** What one arm's units did, as sufficient statistics that merge. */
@NullMarked
package io.tenure.statistics.sample;

import org.jspecify.annotations.NullMarked;
