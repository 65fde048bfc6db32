package io.tenure.flagimport;

/**
 * A flag that was not imported, and why.
 *
 * @param flag its key
 * @param path where in the document the reason lies, such as {@code rules[0].condition.age}
 * @param reason in plain words
 */
public record Refusal(String flag, String path, String reason) {}
