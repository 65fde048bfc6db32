/** Whose data a call is about and who makes it. */
@NullMarked
package io.tenure.platform.tenancy;

import org.jspecify.annotations.NullMarked;
