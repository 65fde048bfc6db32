/** What the clock starts in the profile service. */
@NullMarked
package io.tenure.profile.job;

import org.jspecify.annotations.NullMarked;
