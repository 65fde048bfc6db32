/** The gRPC door of the profile service. */
@NullMarked
package io.tenure.profile.api;

import org.jspecify.annotations.NullMarked;
