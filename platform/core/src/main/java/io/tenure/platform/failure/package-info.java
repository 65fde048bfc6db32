/** What can go wrong, as values that every door translates the same way. */
@NullMarked
package io.tenure.platform.failure;

import org.jspecify.annotations.NullMarked;
