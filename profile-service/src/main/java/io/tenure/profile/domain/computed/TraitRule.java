package io.tenure.profile.domain.computed;

/**
 * A value and who gets it.
 *
 * @param condition in the language of segments, as protocol JSON
 */
public record TraitRule(String value, String condition) {}
