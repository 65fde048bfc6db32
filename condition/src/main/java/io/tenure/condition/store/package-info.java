/** Conditions as SQL with parameters, and in the form in which definitions keep them. */
@NullMarked
package io.tenure.condition.store;

import org.jspecify.annotations.NullMarked;
