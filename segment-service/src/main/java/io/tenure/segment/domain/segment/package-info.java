/** Segments: named groups of users and their snapshots. */
@NullMarked
package io.tenure.segment.domain.segment;

import org.jspecify.annotations.NullMarked;
