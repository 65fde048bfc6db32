/** What every analysis shares: its scope, calendar periods, and how fresh an answer is. */
@NullMarked
package io.tenure.segment.domain.analysis;

import org.jspecify.annotations.NullMarked;
