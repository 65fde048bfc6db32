/** The journey map: what users do from an event on, up to an event, or between two. */
@NullMarked
package io.tenure.segment.domain.path;

import org.jspecify.annotations.NullMarked;
