/** Who may see which class of what is known about a user. */
@NullMarked
package io.tenure.profile.domain.visibility;

import org.jspecify.annotations.NullMarked;
