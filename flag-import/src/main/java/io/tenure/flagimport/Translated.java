package io.tenure.flagimport;

import io.tenure.evaluator.Flag;

/**
 * A flag of ours.
 *
 * @param flag the flag
 * @param premises what it rests on
 */
record Translated(Flag flag, Premises premises) {}
