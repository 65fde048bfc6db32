/** The condition language: questions about one user that are true or false at an instant. */
@NullMarked
package io.tenure.segment.domain.condition;

import org.jspecify.annotations.NullMarked;
