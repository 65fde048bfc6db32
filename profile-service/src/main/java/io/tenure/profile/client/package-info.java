/** What this service asks other services. */
@NullMarked
package io.tenure.profile.client;

import org.jspecify.annotations.NullMarked;
