package io.tenure.collector.domain.quarantine;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.quarantine.Rehearsal.Attempt;
import io.tenure.collector.domain.record.ExactJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a replay would do.
 *
 * @param matched open records of the filter
 * @param examined those tried
 * @param accepted those of them that would be accepted
 * @param before those tried, by their reason
 * @param after those that would stay, by the reason found now
 */
public record Preview(
    long matched,
    long examined,
    long accepted,
    Map<String, Long> before,
    Map<String, Long> after,
    List<Example> examples) {

  /**
   * One record.
   *
   * @param reasonAfter empty when it would be accepted
   * @param after the repaired record as JSON; empty when it can't be read
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Example(
      QuarantineId id,
      String reasonBefore,
      String reasonAfter,
      String detailAfter,
      byte[] before,
      String after) {}

  /** Counts attempts. */
  static final class Builder {

    private static final int MOST_EXAMPLES = 5;

    private final long matched;
    private final Map<String, Long> before = new TreeMap<>();
    private final Map<String, Long> after = new TreeMap<>();
    private final Map<String, List<Example>> examples = new TreeMap<>();
    private long examined;
    private long accepted;

    Builder(long matched) {
      this.matched = matched;
    }

    long examined() {
      return examined;
    }

    void add(Attempt attempt) {
      examined++;
      before.merge(attempt.entry().reason(), 1L, Long::sum);
      String reason = "";
      String detail = "";
      if (attempt.succeeds()) {
        accepted++;
      } else {
        reason = attempt.fault().reason().name();
        detail = attempt.fault().detail();
        after.merge(reason, 1L, Long::sum);
      }
      List<Example> alike = examples.computeIfAbsent(reason, any -> new ArrayList<>());
      if (alike.size() < MOST_EXAMPLES) {
        alike.add(example(attempt, reason, detail));
      }
    }

    Preview build() {
      return new Preview(
          matched,
          examined,
          accepted,
          before,
          after,
          examples.values().stream().flatMap(List::stream).toList());
    }

    private static Example example(Attempt attempt, String reason, String detail) {
      QuarantinedEntry entry = attempt.entry();
      String after =
          attempt.drafts().stream()
              .map(Draft::fields)
              .filter(fields -> !fields.isEmpty())
              .map(ExactJson::of)
              .collect(Collectors.joining("\n"));
      return new Example(
          entry.id(), entry.reason(), reason, detail, entry.record().original(), after);
    }
  }
}
