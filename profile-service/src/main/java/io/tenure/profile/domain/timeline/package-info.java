/** What a user did, newest first. */
@NullMarked
package io.tenure.profile.domain.timeline;

import org.jspecify.annotations.NullMarked;
