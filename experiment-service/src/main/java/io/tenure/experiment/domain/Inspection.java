package io.tenure.experiment.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Gathers everything wrong with what somebody wants to save, so that they hear it at once. */
public final class Inspection {

  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}");
  private static final int LONGEST_TEXT = 2_000;

  private final List<FieldViolation> violations = new ArrayList<>();

  /** Notes a violation unless something is good. */
  public void require(boolean good, String field, String description) {
    if (!good) {
      violations.add(new FieldViolation(field, description));
    }
  }

  /** Wants a key that can stand in addresses and salts. */
  public void requireKey(String field, String key) {
    require(
        KEY.matcher(key).matches(),
        field,
        "1 to 100 letters, digits, '.', '_' and '-', starting with a letter");
  }

  /** Wants a text that can be shown. */
  public void requireText(String field, String text) {
    require(text.length() <= LONGEST_TEXT, field, "at most 2000 characters");
  }

  /** What was found. */
  public List<FieldViolation> violations() {
    return List.copyOf(violations);
  }

  /**
   * Ends the inspection.
   *
   * @throws Failure INVALID_ARGUMENT with every violation
   */
  public void end() {
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
  }
}
