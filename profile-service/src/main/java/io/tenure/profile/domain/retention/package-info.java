/** How long what is kept, and removing the rest. */
@NullMarked
package io.tenure.profile.domain.retention;

import org.jspecify.annotations.NullMarked;
