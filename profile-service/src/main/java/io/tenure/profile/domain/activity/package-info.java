/**
 * What a user did lately, small enough to lie beside the traits: counts by event and day, the last
 * sessions, and how the numbers among the traits moved.
 */
@NullMarked
package io.tenure.profile.domain.activity;

import org.jspecify.annotations.NullMarked;
