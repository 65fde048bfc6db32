package io.tenure.flagimport;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.TestReporter;

/** Counts what a comparison came to, so that nothing passes by having been left out. */
final class Tally {

  private int imported;
  private int refused;
  private int equal;
  private int outside;
  private int dealt;
  private final Map<String, Integer> reasons = new TreeMap<>();

  void imported() {
    imported++;
  }

  void refused(Refusal refusal) {
    refused++;
    reasons.merge(refusal.reason().replaceAll("'[^']*'", "'…'"), 1, Integer::sum);
  }

  /** A decision that is the same. */
  void equal(boolean wasDealt) {
    equal++;
    if (wasDealt) {
      dealt++;
    }
  }

  /** A decision for a subject that does not fulfil the premises. */
  void outside() {
    outside++;
  }

  int flags() {
    return imported + refused;
  }

  int importedFlags() {
    return imported;
  }

  int equalDecisions() {
    return equal;
  }

  int dealtDecisions() {
    return dealt;
  }

  Map<String, Integer> reasons() {
    return reasons;
  }

  void report(TestReporter reporter) {
    reporter.publishEntry(
        Map.of(
            "flags", Integer.toString(flags()),
            "imported", Integer.toString(imported),
            "refused", Integer.toString(refused),
            "decisions equal", Integer.toString(equal),
            "of these dealt", Integer.toString(dealt),
            "decisions outside the premises", Integer.toString(outside),
            "different", "0",
            "reasons", reasons.toString()));
  }
}
