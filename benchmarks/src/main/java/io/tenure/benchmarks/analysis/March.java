package io.tenure.benchmarks.analysis;

import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.Timestamps;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.Scope;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Interval;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The range that is asked about, days of March in Shanghai, as a message and in plain SQL. */
final class March {

  static final String ZONE = "Asia/Shanghai";
  static final long DAY_MILLIS = 86_400_000;

  private static final int UNKNOWN_FIELD = 10_000;
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static final int DAYS_BEFORE = 59;
  private static final String INSTANT = "fromUnixTimestamp64Milli(%d, 'UTC')";

  private March() {}

  /** The beginning of a day of March, from 0. */
  static long millis(int day) {
    return EventGenerator.FIRST_MILLIS + (DAYS_BEFORE + day) * DAY_MILLIS;
  }

  /** The first days of March. */
  static Scope scope(int days) {
    return Scope.newBuilder()
        .setInterval(
            Interval.newBuilder()
                .setStartTime(Timestamps.fromMillis(millis(0)))
                .setEndTime(Timestamps.fromMillis(millis(days))))
        .setTimeZone(ZONE)
        .build();
  }

  static EventSelector event(String name) {
    return EventSelector.newBuilder().setName(name).build();
  }

  /**
   * Asks. A field that the service does not know makes each question another one, since it repeats
   * the answers of those it has answered.
   */
  static AnalysisResult ask(AnalysisServiceBlockingStub service, AnalysisQuery.Builder query) {
    AnalysisQuery asked =
        query.build().toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .mergeVarintField(UNKNOWN_FIELD, ASKED.incrementAndGet())
                    .build())
            .build();
    AnalysisResult result =
        service.runAnalysis(RunAnalysisRequest.newBuilder().setQuery(asked).build()).getResult();
    if (result.getFreshness().getRepeated()) {
      throw new IllegalStateException("A repeated answer says nothing about its costs");
    }
    return result;
  }

  /** The number of an event's local day in plain SQL, 0 for the first of March. */
  static String day(String type) {
    return "to%s(dateDiff('day', toDate(%s, '%s'), toDate(event_time, '%s')))"
        .formatted(type, instant(millis(0)), ZONE, ZONE);
  }

  /** What chooses events from the first day of March on; names none for all. */
  static String where(String project, long endMillis, List<String> names) {
    return where(project, millis(0), endMillis, names);
  }

  /** What chooses events of a range; names none for all. */
  static String where(String project, long startMillis, long endMillis, List<String> names) {
    return "project_id = '"
        + project
        + "'"
        + (names.isEmpty()
            ? ""
            : names.stream().collect(Collectors.joining("', '", " AND name IN ('", "')")))
        + " AND toDate(event_time) >= toDate("
        + instant(startMillis)
        + ") AND toDate(event_time) <= toDate("
        + instant(endMillis)
        + ") AND event_time >= "
        + instant(startMillis)
        + " AND event_time < "
        + instant(endMillis);
  }

  static String instant(long millis) {
    return INSTANT.formatted(millis);
  }
}
