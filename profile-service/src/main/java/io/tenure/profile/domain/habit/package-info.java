/**
 * What people do again and again, found in the dates of what they did: pure functions of dates,
 * amounts and a calendar. Below the stated evidence a habit is unknown. {@code docs/habits.md} has
 * the formulas, their sources and how well they do on real data.
 */
@NullMarked
package io.tenure.profile.domain.habit;

import org.jspecify.annotations.NullMarked;
