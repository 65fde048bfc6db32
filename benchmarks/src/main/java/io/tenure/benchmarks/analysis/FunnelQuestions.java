package io.tenure.benchmarks.analysis;

import com.google.protobuf.util.Durations;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.FunnelQuery;
import io.tenure.proto.analysis.v1.FunnelStep;
import io.tenure.proto.analysis.v1.FunnelStepQuery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How far users get, in five ways. Answers are the users of each step. */
final class FunnelQuestions {

  private static final Duration WINDOW = Duration.ofDays(7);
  private static final int DAYS = 24;
  private static final String STRICT_ONCE = "windowFunnel, strict_once";

  private FunnelQuestions() {}

  static List<Question> all() {
    return List.of(
        question("funnel, 3 rare steps", List.of(26, 36, 46)),
        question("funnel, 5 steps", List.of(4, 14, 24, 34, 44)),
        question("funnel, 3 frequent steps", List.of(0, 1, 2)));
  }

  /**
   * The funnel of which bots take the first two steps again and again. The mode strict_once of
   * {@code windowFunnel} is left out: it had not ended there after five minutes.
   */
  static Question bots() {
    Question question =
        question("funnel, 5 steps, ten bots with 50,000 events", List.of(4, 14, 24, 34, 44));
    return new Question(
        question.name(),
        question.product(),
        project -> {
          Map<String, String> statements = question.statements().apply(project);
          statements.remove(STRICT_ONCE);
          return statements;
        },
        "");
  }

  /** By ranks of names. */
  private static Question question(String name, List<Integer> ranks) {
    List<String> steps = ranks.stream().map(EventNames::of).toList();
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setFunnel(
                FunnelQuery.newBuilder()
                    .setWindow(Durations.fromMillis(WINDOW.toMillis()))
                    .addAllSteps(
                        steps.stream()
                            .map(step -> FunnelStepQuery.newBuilder().setName(step).build())
                            .toList()));
    return new Question(
        name,
        service ->
            March.ask(service, query).getFunnel().getStepsList().stream()
                .map(FunnelStep::getUsers)
                .map(String::valueOf)
                .toList(),
        project -> statements(project, steps),
        "");
  }

  private static Map<String, String> statements(String project, List<String> steps) {
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put("windowFunnel", windowFunnel(project, steps, ""));
    statements.put(STRICT_ONCE, windowFunnel(project, steps, "'strict_once', "));
    statements.put("arrayFold", arrayFold(project, steps));
    statements.put("window functions", windowFunctions(project, steps));
    return statements;
  }

  private static String windowFunnel(String project, List<String> steps, String mode) {
    return levels(
        steps.size(),
        "SELECT windowFunnel(%d%s)(toUInt64(toUnixTimestamp64Milli(event_time)), %s) AS level FROM events_v1 WHERE %s GROUP BY user_number"
            .formatted(
                WINDOW.toMillis(),
                mode.isEmpty() ? "" : ", " + mode.substring(0, mode.length() - 2),
                joined(
                    steps.size(),
                    ", ",
                    step -> "name = '" + steps.get(step) + "'" + (step == 0 ? entry() : "")),
                events(project, steps)));
  }

  /** The state is, for each step, when the latest attempt that did it began; 0 for none. */
  private static String arrayFold(String project, List<String> steps) {
    int last = steps.size();
    String next =
        joined(
            last,
            ", ",
            step -> {
              String began = step == 0 ? "x.1" : "state." + step;
              String state =
                  joined(last, ", ", other -> other == step ? began : "state." + (other + 1));
              return "x.2 = %d%s, (%s)"
                  .formatted(
                      step + 1,
                      step == 0
                          ? " AND x.1 < " + March.millis(DAYS)
                          : " AND x.1 <= state." + step + " + " + WINDOW.toMillis(),
                      state);
            });
    String fold =
        "SELECT arrayFold((state, x) -> multiIf(%s, state), arraySort(groupArray((toInt64(toUnixTimestamp64Milli(event_time)), %s))), (%s)) AS state, %s AS level FROM events_v1 WHERE %s GROUP BY user_number"
            .formatted(
                next,
                step(steps),
                joined(last, ", ", _ -> "toInt64(0)"),
                joined(last, " + ", step -> "(state." + (step + 1) + " > 0)"),
                events(project, steps));
    return levels(last, fold);
  }

  /** One layer for each step: when the latest attempt that did it by then began. */
  private static String windowFunctions(String project, List<String> steps) {
    String layer =
        "SELECT user_number AS user, toInt64(toUnixTimestamp64Milli(event_time)) AS t, %s AS step FROM events_v1 WHERE %s"
            .formatted(step(steps), events(project, steps));
    for (int step = 1; step <= steps.size(); step++) {
      String began =
          step == 1
              ? "if(step = 1 AND t < " + March.millis(DAYS) + ", t, 0)"
              : "if(step = %d AND t <= s%d + %d, s%d, 0)"
                  .formatted(step, step - 1, WINDOW.toMillis(), step - 1);
      layer =
          "SELECT *, max(%s) OVER (PARTITION BY user ORDER BY t, step ROWS UNBOUNDED PRECEDING) AS s%d FROM (%s)"
              .formatted(began, step, layer);
    }
    return levels(
        steps.size(),
        "SELECT %s AS level FROM (%s) GROUP BY user"
            .formatted(
                joined(steps.size(), " + ", step -> "(max(s" + (step + 1) + ") > 0)"), layer));
  }

  private static String levels(int steps, String levels) {
    return "SELECT %s FROM (%s)"
        .formatted(joined(steps, ", ", step -> "countIf(level > " + step + ")"), levels);
  }

  private static String step(List<String> steps) {
    return "multiIf("
        + joined(steps.size(), ", ", step -> "name = '" + steps.get(step) + "', " + (step + 1))
        + ", 0)";
  }

  private static String events(String project, List<String> steps) {
    return March.where(project, March.millis(DAYS) + WINDOW.toMillis(), steps);
  }

  private static String entry() {
    return " AND event_time < " + March.instant(March.millis(DAYS));
  }

  private static String joined(int count, String between, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(between));
  }
}
