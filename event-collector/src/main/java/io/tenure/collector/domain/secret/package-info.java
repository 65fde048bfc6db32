/**
 * Finds what lets its holder act as the user (class C3 of JR/T 0171): passwords, card verification
 * values, magnetic-track data, biometric templates.
 */
@NullMarked
package io.tenure.collector.domain.secret;

import org.jspecify.annotations.NullMarked;
