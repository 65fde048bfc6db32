package io.tenure.flagimport;

/**
 * Carries the reason of a refusal from wherever it is found, deep in a condition, to the flag.
 * Never leaves the package.
 */
final class Untranslatable extends RuntimeException {

  private final String path;
  private final String reason;

  Untranslatable(String path, String reason) {
    super(reason, null, false, false);
    this.path = path;
    this.reason = reason;
  }

  Refusal of(String flag) {
    return new Refusal(flag, path, reason);
  }
}
