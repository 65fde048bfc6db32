/** What models that go from user to user count with, so that a number and its users are one. */
@NullMarked
package io.tenure.segment.domain.tally;

import org.jspecify.annotations.NullMarked;
