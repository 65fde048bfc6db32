package io.tenure.benchmarks.analysis;

import com.google.protobuf.util.Durations;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.PathMap;
import io.tenure.proto.analysis.v1.PathQuery;
import io.tenure.proto.analysis.v1.SessionCut;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What users do from an event on. Answers have a line for each step: how many paths come to each of
 * the most frequent nodes.
 */
final class PathQuestions {

  private static final int DAYS = 7;
  private static final int STEPS = 5;
  private static final int TOP = 10;
  private static final long IDLE_MILLIS = 1_800_000;

  private PathQuestions() {}

  static List<Question> all() {
    String start = EventNames.of(12);
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setPath(
                PathQuery.newBuilder()
                    .setStart(March.event(start))
                    .setSessions(SessionCut.newBuilder().setIdle(Durations.fromMillis(IDLE_MILLIS)))
                    .setKeepRepeats(true)
                    .setSteps(STEPS)
                    .setTop(TOP));
    return List.of(
        new Question(
            "paths of 5 steps from an event on, 7 days, sessions of any event",
            service -> lines(March.ask(service, query).getPath()),
            project -> Map.of("arrays of sessions", statement(project, start)),
            ""));
  }

  private static List<String> lines(PathMap map) {
    return IntStream.range(0, STEPS)
        .mapToObj(
            step ->
                map.getNodesList().stream()
                    .filter(node -> node.getStep() == step && !node.getNode().getOther())
                    .map(node -> Long.toString(node.getCount().getPaths()))
                    .collect(Collectors.joining(",")))
        .toList();
  }

  /** Sessions may begin and end a day outside of the range. */
  private static String statement(String project, String start) {
    long from = March.millis(0);
    long to = March.millis(DAYS);
    String users =
        "SELECT user_number FROM events_v1 WHERE " + March.where(project, to, List.of(start));
    String events =
        """
        SELECT arraySort(groupUniqArray((toUnixTimestamp64Milli(event_time), event_key, toString(name)))) AS events
        FROM events_v1 WHERE %s AND user_number IN (%s) GROUP BY user_number
        """
            .formatted(
                March.where(project, from - March.DAY_MILLIS, to + March.DAY_MILLIS, List.of()),
                users);
    String sessions =
        """
        SELECT arrayJoin(arraySplit((x, gap) -> gap > %d, events, arrayDifference(arrayMap(x -> x.1, events)))) AS session
        FROM (%s)
        """
            .formatted(IDLE_MILLIS, events);
    String paths =
        """
        SELECT arrayFirstIndex(x -> x.3 = '%s' AND x.1 >= %d AND x.1 < %d, session) AS first,
          arrayMap(x -> x.3, arraySlice(session, first, %d)) AS path
        FROM (%s) WHERE first > 0
        """
            .formatted(start, from, to, STEPS, sessions);
    return """
    SELECT arrayStringConcat(arrayMap(x -> toString(x), arraySlice(arrayReverseSort(groupArray(paths)), 1, %d)), ',')
    FROM (SELECT step, node, count() AS paths FROM (%s) ARRAY JOIN path AS node, arrayEnumerate(path) AS step GROUP BY step, node)
    GROUP BY step ORDER BY step
    """
        .formatted(TOP, paths);
  }
}
