/** How a project tells its users apart, and why an id is the user it is. */
@NullMarked
package io.tenure.profile.domain.identity;

import org.jspecify.annotations.NullMarked;
