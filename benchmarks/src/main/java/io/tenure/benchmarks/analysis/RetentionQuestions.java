package io.tenure.benchmarks.analysis;

import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.RetentionCohort;
import io.tenure.proto.analysis.v1.RetentionQuery;
import io.tenure.proto.analysis.v1.TimeUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who comes back. Answers have a line for each cohort: its users, and those of each later day. */
final class RetentionQuestions {

  private static final int DAYS = 14;

  private RetentionQuestions() {}

  static List<Question> all() {
    String start = EventNames.of(15);
    String comeback = EventNames.of(3);
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setRetention(
                RetentionQuery.newBuilder()
                    .setStart(March.event(start))
                    .setReturn(March.event(comeback))
                    .setUnit(TimeUnit.TIME_UNIT_DAY)
                    .setPeriods(DAYS));
    return List.of(
        new Question(
            "retention, 14 days by 14 days",
            service ->
                March.ask(service, query).getRetention().getCohortsList().stream()
                    .map(RetentionQuestions::line)
                    .toList(),
            project -> Map.of("bit masks", bitMasks(project, start, comeback)),
            ""));
  }

  private static String line(RetentionCohort cohort) {
    List<String> numbers = new ArrayList<>();
    numbers.add(Long.toString(cohort.getUsers()));
    cohort.getCellsList().forEach(cell -> numbers.add(Long.toString(cell.getUsers())));
    return String.join("\t", numbers);
  }

  private static String bitMasks(String project, String start, String comeback) {
    String users =
        """
        SELECT groupBitOrIf(bitShiftLeft(toUInt64(1), day), is_start AND day < %1$d) AS starts,
          groupBitOrIf(bitShiftLeft(toUInt64(1), day), NOT is_start) AS comebacks
        FROM (SELECT user_number, name = '%2$s' AS is_start, %3$s AS day FROM events_v1 WHERE %4$s)
        GROUP BY user_number HAVING starts != 0
        """
            .formatted(
                DAYS,
                start,
                March.day("UInt8"),
                March.where(project, March.millis(2 * DAYS), List.of(start, comeback)));
    return """
    SELECT users, cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9], cells[10],
      cells[11], cells[12], cells[13], cells[14]
    FROM (SELECT count() AS users, sumForEach(arrayMap(later -> toUInt32(bitTest(comebacks, cohort + later)), range(1, 15))) AS cells
      FROM (SELECT arrayJoin(bitPositionsToArray(starts)) AS cohort, comebacks FROM (%s)) GROUP BY cohort ORDER BY cohort)
    """
        .formatted(users);
  }
}
