package io.tenure.benchmarks.analysis;

import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.proto.analysis.v1.Trend;
import io.tenure.proto.analysis.v1.TrendAggregate;
import io.tenure.proto.analysis.v1.TrendMeasure;
import io.tenure.proto.analysis.v1.TrendNumber;
import io.tenure.proto.analysis.v1.TrendQuery;
import io.tenure.proto.analysis.v1.TrendSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How often and by how many. Answers have a line for each day, and one for all of them. */
final class TrendQuestions {

  private static final int DAYS = 30;
  private static final String EXACT_USERS = "groupBitmap(user_number)";

  private TrendQuestions() {}

  static List<Question> all() {
    return List.of(
        events("events and users of one event, 30 days", EventNames.of(3)),
        users("daily users of one event, 30 days", EventNames.of(3)),
        users("daily users of any event, 30 days", ""),
        events("events and users of any event, 30 days", ""));
  }

  private static Question events(String title, String name) {
    return question(
        title,
        name,
        List.of(TrendAggregate.TREND_AGGREGATE_EVENTS, TrendAggregate.TREND_AGGREGATE_USERS),
        List.of(
            Map.entry(
                "FINAL, groupBitmap of users", "count(), " + EXACT_USERS + " FROM events_final_v1"),
            Map.entry(
                "uniqExact of keys, groupBitmap of users",
                "uniqExact(event_key), " + EXACT_USERS + " FROM events_v1")));
  }

  private static Question users(String title, String name) {
    return question(
        title,
        name,
        List.of(TrendAggregate.TREND_AGGREGATE_USERS),
        List.of(
            Map.entry("groupBitmap", EXACT_USERS + " FROM events_v1"),
            Map.entry("uniqExact", "uniqExact(user_number) FROM events_v1")));
  }

  private static Question question(
      String title,
      String name,
      List<TrendAggregate> aggregates,
      List<Map.Entry<String, String>> selects) {
    TrendQuery.Builder trend = TrendQuery.newBuilder().setUnit(TimeUnit.TIME_UNIT_DAY);
    aggregates.forEach(
        aggregate ->
            trend.addMeasures(
                TrendMeasure.newBuilder().setSelector(March.event(name)).setAggregate(aggregate)));
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder().setScope(March.scope(DAYS)).setTrend(trend);
    List<String> names = name.isEmpty() ? List.of() : List.of(name);
    return new Question(
        title,
        service -> lines(March.ask(service, query).getTrend()),
        project -> {
          String where = March.where(project, March.millis(DAYS), names);
          Map<String, String> statements = new LinkedHashMap<>();
          for (Map.Entry<String, String> select : selects) {
            statements.put(
                select.getKey(),
                "SELECT %s WHERE %s GROUP BY GROUPING SETS ((toDate(event_time, '%s') AS day), ()) ORDER BY grouping(day), day"
                    .formatted(select.getValue(), where, March.ZONE));
          }
          return statements;
        },
        "");
  }

  private static List<String> lines(Trend trend) {
    return Stream.concat(
            IntStream.range(0, DAYS)
                .mapToObj(day -> line(trend, series -> series.getPoints(day).getNumber())),
            Stream.of(line(trend, TrendSeries::getTotal)))
        .toList();
  }

  private static String line(Trend trend, Function<TrendSeries, TrendNumber> number) {
    return trend.getSeriesList().stream()
        .map(series -> Long.toString((long) number.apply(series).getValue()))
        .collect(Collectors.joining("\t"));
  }
}
