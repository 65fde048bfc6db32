/** What was known about a user at a time. */
@NullMarked
package io.tenure.profile.domain.history;

import org.jspecify.annotations.NullMarked;
