package io.tenure.flagimport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.TestInfo;

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

  /** All counts; the sources of chance are fixed, so they are the same every time. */
  String counts() {
    return "%d imported, %d refused, %d equal of which %d dealt, %d outside the premises"
        .formatted(imported, refused, equal, dealt, outside);
  }

  /** Keeps the counts with the reasons beside the reports of the tests. */
  void report(TestInfo test) throws IOException {
    String name = test.getTestMethod().orElseThrow().getName();
    StringBuilder lines = new StringBuilder(counts()).append('\n');
    reasons.forEach((reason, count) -> lines.append(count).append(' ').append(reason).append('\n'));
    Path folder = Files.createDirectories(Path.of("target/comparisons"));
    Files.writeString(folder.resolve(name + ".txt"), lines);
  }
}
