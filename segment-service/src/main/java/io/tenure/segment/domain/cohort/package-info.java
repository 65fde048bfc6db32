/** Users by when they started, and what they did since: what retention and lifetime value share. */
@NullMarked
package io.tenure.segment.domain.cohort;

import org.jspecify.annotations.NullMarked;
