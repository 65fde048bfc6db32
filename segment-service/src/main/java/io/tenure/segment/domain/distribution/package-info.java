/** Distribution: how users differ in what they do; stickiness is one of them. */
@NullMarked
package io.tenure.segment.domain.distribution;

import org.jspecify.annotations.NullMarked;
