package io.tenure.benchmarks.analysis;

import com.google.protobuf.util.Durations;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.Cohorting;
import io.tenure.proto.analysis.v1.Interval;
import io.tenure.proto.analysis.v1.IntervalQuery;
import io.tenure.proto.analysis.v1.LtvCohort;
import io.tenure.proto.analysis.v1.LtvQuery;
import io.tenure.proto.analysis.v1.Spread;
import io.tenure.proto.analysis.v1.TimeUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What users bring, and how long they take. */
final class ValueQuestions {

  private static final int DAYS = 14;
  private static final int LATER = 13;
  private static final Duration LONGEST = Duration.ofDays(1);

  private ValueQuestions() {}

  static List<Question> all() {
    return List.of(ltv(EventNames.of(15), EventNames.of(25)), interval(4, 14));
  }

  /** Answers have a line for each cohort: its users, and their sum up to each later day. */
  private static Question ltv(String start, String value) {
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setLtv(
                LtvQuery.newBuilder()
                    .setStart(March.event(start))
                    .setValue(March.event(value))
                    .setAmountProperty("amount")
                    .setUnit(TimeUnit.TIME_UNIT_DAY)
                    .setPeriods(LATER)
                    .setCohorting(Cohorting.COHORTING_FIRST_IN_RANGE));
    return new Question(
        "lifetime value, 14 days by 14 days",
        service ->
            March.ask(service, query).getLtv().getAll().getCohortsList().stream()
                .map(ValueQuestions::line)
                .toList(),
        project -> Map.of("join", join(project, start, value)),
        "");
  }

  private static String line(LtvCohort cohort) {
    List<String> numbers = new ArrayList<>();
    numbers.add(Long.toString(cohort.getUsers()));
    cohort
        .getCountsList()
        .forEach(
            count ->
                numbers.add(new BigDecimal(count.getSum()).stripTrailingZeros().toPlainString()));
    return String.join("\t", numbers);
  }

  private static String join(String project, String start, String value) {
    String starts =
        "SELECT user_number, min(event_time) AS began, min(%s) AS cohort FROM events_v1 WHERE %s GROUP BY user_number"
            .formatted(
                March.day("Int32"), March.where(project, March.millis(DAYS), List.of(start)));
    String values =
        "SELECT user_number, event_time, %s AS day, toDecimal64OrNull(properties['amount'], 2) AS amount FROM events_final_v1 WHERE %s"
            .formatted(
                March.day("Int32"),
                March.where(project, March.millis(DAYS + LATER), List.of(value)));
    String sums =
        """
        SELECT cohort, sumMap(map(toInt32(day - cohort), toDecimal128(assumeNotNull(amount), 2))) AS sums
        FROM (%s) AS values INNER JOIN (%s) AS starts USING (user_number)
        WHERE event_time >= began AND amount IS NOT NULL GROUP BY cohort
        """
            .formatted(values, starts);
    return """
    SELECT users, total[1], total[2], total[3], total[4], total[5], total[6], total[7], total[8], total[9], total[10],
      total[11], total[12], total[13], total[14]
    FROM (
      SELECT cohort, users, arrayCumSum(arrayMap(later -> sums[toInt32(later)], range(%d))) AS total
      FROM (SELECT cohort, count() AS users FROM (%s) GROUP BY cohort) AS cohorts
      LEFT JOIN (%s) AS brought USING (cohort))
    ORDER BY cohort
    """
        .formatted(LATER + 1, starts, sums);
  }

  /** The answer: intervals, users, the shortest and the longest in milliseconds. */
  private static Question interval(int start, int end) {
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setInterval(
                IntervalQuery.newBuilder()
                    .setStart(March.event(EventNames.of(start)))
                    .setEnd(March.event(EventNames.of(end)))
                    .setLongest(Durations.fromMillis(LONGEST.toMillis())));
    return new Question(
        "interval between two events, 14 days",
        service -> List.of(line(March.ask(service, query).getInterval())),
        project ->
            Map.of("window function", previous(project, EventNames.of(start), EventNames.of(end))),
        "");
  }

  private static String line(Interval interval) {
    Spread spread = interval.getSpread();
    return String.join(
        "\t",
        Stream.of(
                spread.getSamples(),
                interval.getUsers(),
                Durations.toMillis(spread.getLeast()),
                Durations.toMillis(spread.getMost()))
            .map(String::valueOf)
            .toList());
  }

  /** An end counts when what came before it is a start: both take away the starts before them. */
  private static String previous(String project, String start, String end) {
    String events =
        """
        SELECT user_number, toInt64(toUnixTimestamp64Milli(event_time)) AS millis, name = '%s' AS is_end,
          lagInFrame((millis, is_end), 1, (toInt64(0), toUInt8(1))) OVER (PARTITION BY user_number ORDER BY millis, is_end
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS previous
        FROM events_v1 WHERE %s
        """
            .formatted(
                end,
                March.where(
                    project, March.millis(DAYS) + LONGEST.toMillis() + 1, List.of(start, end)));
    return """
    SELECT count(), uniqExact(user_number), min(length), max(length) FROM (
      SELECT user_number, millis - previous.1 AS length FROM (%s)
      WHERE is_end AND NOT previous.2 AND previous.1 < %d AND length <= %d)
    """
        .formatted(events, March.millis(DAYS), LONGEST.toMillis());
  }
}
