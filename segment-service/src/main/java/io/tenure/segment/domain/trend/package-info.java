/** Trends: how often and by how many users something is done per period. */
@NullMarked
package io.tenure.segment.domain.trend;

import org.jspecify.annotations.NullMarked;
