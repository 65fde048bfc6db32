package io.tenure.platform.failure;

/**
 * What is wrong with one field of a request.
 *
 * @param field path of the field in the request, for example {@code rule.outcome.inactive_for}
 * @param description what is wrong and what would be right
 */
public record FieldViolation(String field, String description) {}
