/** The clock's door: what happens without being asked. */
@NullMarked
package io.tenure.segment.job;

import org.jspecify.annotations.NullMarked;
