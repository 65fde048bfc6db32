/** Finding profiles by an id or by their traits. */
@NullMarked
package io.tenure.profile.domain.search;

import org.jspecify.annotations.NullMarked;
