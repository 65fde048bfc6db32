/** Telling others which profiles changed. */
@NullMarked
package io.tenure.profile.domain.watch;

import org.jspecify.annotations.NullMarked;
