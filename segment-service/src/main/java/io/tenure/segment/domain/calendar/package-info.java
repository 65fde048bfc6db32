/** Calendars of open and closed days: trading days, working days, holidays. */
@NullMarked
package io.tenure.segment.domain.calendar;

import org.jspecify.annotations.NullMarked;
