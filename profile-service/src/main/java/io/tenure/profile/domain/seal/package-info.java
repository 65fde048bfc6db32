/** What is sealed, and the keys that seal it. */
@NullMarked
package io.tenure.profile.domain.seal;

import org.jspecify.annotations.NullMarked;
