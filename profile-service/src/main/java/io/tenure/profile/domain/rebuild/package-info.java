/** Fills a hot store that has forgotten profiles from the durable one. */
@NullMarked
package io.tenure.profile.domain.rebuild;

import org.jspecify.annotations.NullMarked;
