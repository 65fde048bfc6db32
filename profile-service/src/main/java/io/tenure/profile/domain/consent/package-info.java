/** What people agreed to, and what follows from it for their data. */
@NullMarked
package io.tenure.profile.domain.consent;

import org.jspecify.annotations.NullMarked;
