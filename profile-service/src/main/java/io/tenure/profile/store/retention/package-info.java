/** Retention policies, nights, and how the service's own tables lose what is too old. */
@NullMarked
package io.tenure.profile.store.retention;

import org.jspecify.annotations.NullMarked;
