/** Who a user is, what changes a profile, and the order of the steps that make it stick. */
@NullMarked
package io.tenure.profile.domain;

import org.jspecify.annotations.NullMarked;
