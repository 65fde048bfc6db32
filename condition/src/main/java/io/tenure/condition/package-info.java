/** The one language in which segments, analyses, traits, searches and alerts ask about users. */
@NullMarked
package io.tenure.condition;

import org.jspecify.annotations.NullMarked;
