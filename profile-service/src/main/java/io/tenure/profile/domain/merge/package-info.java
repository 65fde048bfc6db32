/** Users who turn out to be one person, and apart again. */
@NullMarked
package io.tenure.profile.domain.merge;

import org.jspecify.annotations.NullMarked;
