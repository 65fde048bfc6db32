/** Conditions from and to the messages of the contract {@code tenure.condition.v1}. */
@NullMarked
package io.tenure.condition.api;

import org.jspecify.annotations.NullMarked;
