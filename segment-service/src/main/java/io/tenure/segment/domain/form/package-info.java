/** The form lens: how users fill in forms, question by question, without what they answer. */
@NullMarked
package io.tenure.segment.domain.form;

import org.jspecify.annotations.NullMarked;
