package io.tenure.benchmarks.analysis;

import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.DistributionBucket;
import io.tenure.proto.analysis.v1.DistributionQuery;
import io.tenure.proto.analysis.v1.LifecyclePeriod;
import io.tenure.proto.analysis.v1.LifecycleQuery;
import io.tenure.proto.analysis.v1.TimeUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** On how many days, and who is new, stays or stays away. */
final class UsageQuestions {

  private static final int STICKY_DAYS = 28;
  private static final int DAYS = 30;

  private UsageQuestions() {}

  static List<Question> all() {
    return List.of(
        stickiness("stickiness of one event, 28 days", EventNames.of(3)),
        stickiness("stickiness of any event, 28 days", ""),
        lifecycle(EventNames.of(3)));
  }

  /** Answers have a line for each number of active days, from 1. */
  private static Question stickiness(String title, String name) {
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(STICKY_DAYS))
            .setDistribution(
                DistributionQuery.newBuilder()
                    .setSelector(March.event(name))
                    .setActivePeriods(TimeUnit.TIME_UNIT_DAY));
    return new Question(
        title,
        service ->
            March.ask(service, query)
                .getDistribution()
                .getFramesList()
                .getFirst()
                .getBucketsList()
                .stream()
                .filter(bucket -> !bucket.getLeast().isEmpty() && !bucket.getLeast().equals("0"))
                .map(DistributionBucket::getUsers)
                .map(String::valueOf)
                .toList(),
        project -> {
          String where =
              March.where(
                  project, March.millis(STICKY_DAYS), name.isEmpty() ? List.of() : List.of(name));
          Map<String, String> statements = new LinkedHashMap<>();
          statements.put(
              "bit masks",
              buckets(
                  "bitCount(groupBitOr(bitShiftLeft(toUInt32(1), " + March.day("UInt8") + ")))",
                  where));
          statements.put(
              "uniqExact of days", buckets("uniqExact(" + March.day("UInt8") + ")", where));
          return statements;
        },
        "");
  }

  private static String buckets(String days, String where) {
    return """
    SELECT users FROM (SELECT number AS days FROM numbers(1, %d)) AS numbers LEFT JOIN (
      SELECT toUInt64(days) AS days, count() AS users
      FROM (SELECT %s AS days FROM events_v1 WHERE %s GROUP BY user_number) GROUP BY days
    ) AS counted USING (days) ORDER BY days
    """
        .formatted(STICKY_DAYS, days, where);
  }

  /** Answers have a line for each day: new, returning, resurrecting, dormant. */
  private static Question lifecycle(String name) {
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setLifecycle(
                LifecycleQuery.newBuilder()
                    .setSelector(March.event(name))
                    .setUnit(TimeUnit.TIME_UNIT_DAY));
    return new Question(
        "lifecycle by day, 30 days",
        service ->
            March.ask(service, query).getLifecycle().getPeriodsList().stream()
                .map(UsageQuestions::line)
                .toList(),
        project -> Map.of("bit masks", lifecycle(project, name)),
        "");
  }

  private static String line(LifecyclePeriod period) {
    return String.join(
        "\t",
        Stream.of(
                period.getNewUsers(),
                period.getReturningUsers(),
                period.getResurrectingUsers(),
                period.getDormantUsers())
            .map(String::valueOf)
            .toList());
  }

  /** Bit 0 of a mask is the day before the first. */
  private static String lifecycle(String project, String name) {
    String users =
        """
        SELECT min(day) AS first, groupBitOrIf(bitShiftLeft(toUInt64(1), greatest(day + 1, 0)), day >= -1) AS mask,
          bitShiftRight(mask, 1) AS active, bitAnd(mask, %1$d) AS before,
          if(first >= 0, bitShiftLeft(toUInt64(1), greatest(first, 0)), 0) AS newcomer, bitAnd(active, before) AS returning,
          bitAnd(active, bitNot(bitOr(before, newcomer))) AS resurrecting, bitAnd(before, bitNot(active)) AS dormant
        FROM (SELECT user_number, %2$s AS day FROM events_v1 WHERE %3$s) GROUP BY user_number HAVING mask != 0
        """
            .formatted(
                (1L << DAYS) - 1,
                March.day("Int32"),
                March.where(
                    project, EventGenerator.FIRST_MILLIS, March.millis(DAYS), List.of(name)));
    return """
    SELECT line.1, line.2, line.3, line.4 FROM (SELECT arrayJoin(arrayZip(%s, %s, %s, %s)) AS line FROM (%s))
    """
        .formatted(
            bits("newcomer"), bits("returning"), bits("resurrecting"), bits("dormant"), users);
  }

  private static String bits(String mask) {
    return "sumForEach(arrayMap(day -> toUInt32(bitTest(%s, day)), range(%d)))"
        .formatted(mask, DAYS);
  }
}
