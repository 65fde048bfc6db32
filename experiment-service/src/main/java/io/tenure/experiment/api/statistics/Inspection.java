package io.tenure.experiment.api.statistics;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gathers everything wrong with a request before anything is computed, so that whoever asks learns
 * it all at once and no computation meets a number it can't stand.
 */
final class Inspection {

  /** Beyond this size a square is beyond what a double holds. */
  private static final double GREATEST = 1e100;

  private static final double GREATEST_SQUARE = 1e200;
  private static final long MOST_UNITS = 1_000_000_000_000_000L;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_VIOLATIONS = 100;

  private final List<FieldViolation> violations = new ArrayList<>();

  /** Notes a violation where something isn't good; tells whether it is. */
  boolean require(boolean good, String field, String description) {
    if (!good && violations.size() < MOST_VIOLATIONS) {
      violations.add(new FieldViolation(field, description));
    }
    return good;
  }

  /** A number of any sign. */
  boolean number(String field, double value) {
    return require(Math.abs(value) <= GREATEST, field, "a number of at most 1e100 in size");
  }

  /** A variance or a sum of products. */
  boolean square(String field, double value) {
    return require(Math.abs(value) <= GREATEST_SQUARE, field, "a number of at most 1e200 in size");
  }

  boolean between(String field, double value, double least, double greatest, String description) {
    return require(value >= least && value <= greatest, field, description);
  }

  boolean units(String field, long units, long least) {
    return require(
        units >= least && units <= MOST_UNITS, field, "units from " + least + " to 1e15");
  }

  boolean count(String field, int count, int least, int most) {
    return require(count >= least && count <= most, field, least + " to " + most + " of them");
  }

  /** A value of an enum that this version knows. */
  void known(String field, Enum<?> value) {
    require(!value.name().equals("UNRECOGNIZED"), field, "is not known");
  }

  /** A name that no other thing has. */
  void name(String field, String name, Set<String> others) {
    require(
        !name.isBlank() && name.length() <= LONGEST_NAME, field, "a name of 1 to 200 characters");
    require(others.add(name), field, "is used by another");
  }

  /** Whether nothing was wrong so far. */
  boolean isClean() {
    return violations.isEmpty();
  }

  /** Throws INVALID_ARGUMENT naming every violation. */
  void check() {
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
  }
}
