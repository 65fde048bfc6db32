/** Funnels: how far users get, step by step, in order. */
@NullMarked
package io.tenure.segment.domain.funnel;

import org.jspecify.annotations.NullMarked;
