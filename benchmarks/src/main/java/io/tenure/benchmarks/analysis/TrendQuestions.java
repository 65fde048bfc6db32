package io.tenure.benchmarks.analysis;

import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.proto.analysis.v1.Trend;
import io.tenure.proto.analysis.v1.TrendQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often and by how many. Answers have a line for each day, and one for all of them. */
final class TrendQuestions {

  private static final int DAYS = 30;

  private TrendQuestions() {}

  static List<Question> all() {
    return List.of(
        question("trend of one event, 30 days", EventNames.of(3)),
        question("trend of any event, 30 days", ""));
  }

  private static Question question(String title, String name) {
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setTrend(
                TrendQuery.newBuilder()
                    .setSelector(March.event(name))
                    .setUnit(TimeUnit.TIME_UNIT_DAY));
    return new Question(
        title,
        service -> lines(March.ask(service, query).getTrend()),
        project -> statements(project, name.isEmpty() ? List.of() : List.of(name)),
        "");
  }

  private static List<String> lines(Trend trend) {
    List<String> lines = new ArrayList<>();
    trend.getPointsList().forEach(point -> lines.add(point.getEvents() + "\t" + point.getUsers()));
    lines.add(trend.getTotalEvents() + "\t" + trend.getTotalUsers());
    return lines;
  }

  private static Map<String, String> statements(String project, List<String> names) {
    String where = March.where(project, March.millis(DAYS), names);
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put(
        "uniqExact of keys, groupBitmap of users",
        statement("uniqExact(event_key)", "groupBitmap(user_number)", "events_v1", where));
    statements.put(
        "FINAL, groupBitmap of users",
        statement("count()", "groupBitmap(user_number)", "events_final_v1", where));
    statements.put(
        "uniqExact of keys and users",
        statement("uniqExact(event_key)", "uniqExact(user_number)", "events_v1", where));
    return statements;
  }

  private static String statement(String events, String users, String view, String where) {
    return "SELECT %s, %s FROM %s WHERE %s GROUP BY GROUPING SETS ((toDate(event_time, '%s') AS day), ()) ORDER BY grouping(day), day"
        .formatted(events, users, view, where, March.ZONE);
  }
}
