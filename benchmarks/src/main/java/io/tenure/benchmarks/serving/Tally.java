package io.tenure.benchmarks.serving;

import java.util.Locale;

/** How one door did: units, mismatches, and the time it took. */
final class Tally {

  private final String door;
  private long units;
  private long mismatches;
  private long nanos;
  private String first = "";

  Tally(String door) {
    this.door = door;
  }

  void took(long nanos) {
    this.nanos += nanos;
  }

  /** Compares what the door said of a unit with what the evaluator says. */
  void compare(String unit, String expected, String actual) {
    units++;
    if (!expected.equals(actual)) {
      mismatches++;
      first = first.isEmpty() ? unit + ": " + expected + ", not " + actual : first;
    }
  }

  /** The units of the evaluator itself, with which the others are compared. */
  void count(long more) {
    units += more;
  }

  long mismatches() {
    return mismatches;
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d%s | %,.0f |",
        door,
        units,
        mismatches,
        first.isEmpty() ? "" : " (" + first + ")",
        units / (nanos / 1e9));
  }
}
