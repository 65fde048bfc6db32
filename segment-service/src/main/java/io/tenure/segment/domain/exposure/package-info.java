/** Exposure: how far pages are scrolled, and which elements are seen and clicked. */
@NullMarked
package io.tenure.segment.domain.exposure;

import org.jspecify.annotations.NullMarked;
