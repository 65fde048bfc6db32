/** Handing people everything that is kept about them. */
@NullMarked
package io.tenure.profile.domain.export;

import org.jspecify.annotations.NullMarked;
