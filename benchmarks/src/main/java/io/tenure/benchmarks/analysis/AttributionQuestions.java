package io.tenure.benchmarks.analysis;

import com.google.protobuf.util.Durations;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.Attribution;
import io.tenure.proto.analysis.v1.AttributionCredit;
import io.tenure.proto.analysis.v1.AttributionModel;
import io.tenure.proto.analysis.v1.AttributionQuery;
import io.tenure.proto.analysis.v1.AttributionRow;
import io.tenure.proto.analysis.v1.AttributionTouch;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * To which touch conversions are owed. The service tells all six models at once, plain SQL only the
 * last touch: the answers that are compared are its conversions, by touch.
 */
final class AttributionQuestions {

  private static final int DAYS = 24;
  private static final long LOOKBACK_MILLIS = 7 * March.DAY_MILLIS;
  private static final List<Integer> TOUCHES = List.of(10, 11, 12);

  private AttributionQuestions() {}

  static List<Question> all() {
    String target = EventNames.of(20);
    AnalysisQuery.Builder query =
        AnalysisQuery.newBuilder()
            .setScope(March.scope(DAYS))
            .setAttribution(
                AttributionQuery.newBuilder()
                    .addTargets(March.event(target))
                    .addAllTouches(
                        TOUCHES.stream()
                            .map(EventNames::of)
                            .map(AttributionQuestions::touch)
                            .toList())
                    .setLookback(Durations.fromMillis(LOOKBACK_MILLIS)));
    return List.of(
        new Question(
            "attribution, 3 touches in 7 days, 24 days of conversions",
            service -> lines(March.ask(service, query).getAttribution()),
            project -> Map.of("window function, last touch only", statement(project, target)),
            ""));
  }

  private static AttributionTouch touch(String name) {
    return AttributionTouch.newBuilder().setName(name).setSelector(March.event(name)).build();
  }

  /** The conversions of the last touches, ascending. */
  private static List<String> lines(Attribution attribution) {
    return attribution.getRowsList().stream()
        .map(AttributionRow::getCreditsList)
        .map(AttributionQuestions::last)
        .filter(conversions -> conversions > 0)
        .sorted()
        .map(String::valueOf)
        .toList();
  }

  private static long last(List<AttributionCredit> credits) {
    return credits.stream()
        .filter(credit -> credit.getModel() == AttributionModel.ATTRIBUTION_MODEL_LAST)
        .mapToLong(credit -> new BigDecimal(credit.getConversions()).longValueExact())
        .sum();
  }

  private static String statement(String project, String target) {
    List<String> touches = TOUCHES.stream().map(EventNames::of).toList();
    List<String> names = Stream.concat(touches.stream(), Stream.of(target)).toList();
    String events =
        """
        SELECT user_number AS user, event_key, any(toUnixTimestamp64Milli(event_time)) AS t,
          any(transform(name, ['%s'], [1, 2, 3], 0)) AS touch
        FROM events_v1 WHERE %s GROUP BY user, event_key
        """
            .formatted(
                String.join("', '", touches),
                March.where(project, March.millis(0) - LOOKBACK_MILLIS, March.millis(DAYS), names));
    String touched =
        """
        SELECT t, touch, max(if(touch > 0, t * 4 + touch, 0)) OVER (PARTITION BY user ORDER BY t ROWS UNBOUNDED PRECEDING) AS last
        FROM (%s)
        """
            .formatted(events);
    return """
    SELECT count() AS conversions FROM (%s) WHERE touch = 0 AND t >= %d
    GROUP BY if(t - intDiv(last, 4) <= %d, last %% 4, 0) ORDER BY conversions
    """
        .formatted(touched, March.millis(0), LOOKBACK_MILLIS);
  }
}
