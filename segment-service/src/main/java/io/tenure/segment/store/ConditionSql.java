package io.tenure.segment.store;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Window;
import io.tenure.condition.store.ComparisonSql;
import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.Operand;
import io.tenure.condition.store.TraitSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Compiles one condition to a SQL expression whose value is a bitmap of user numbers. Each leaf is
 * one aggregating subquery, and the tree above it is bitmap arithmetic, so a condition of any shape
 * is one statement that reads every leaf's events once and never joins.
 */
final class ConditionSql {

  private final SqlParameters parameters;
  private final ProjectId project;
  private final Instant asOf;
  private final Function<Condition.Sequence, String> sequences;

  /**
   * A compiler for one statement.
   *
   * @param sequences finds the users of a sequence and returns the id they are parked under
   */
  ConditionSql(
      SqlParameters parameters,
      ProjectId project,
      Instant asOf,
      Function<Condition.Sequence, String> sequences) {
    this.parameters = parameters;
    this.project = project;
    this.asOf = asOf;
    this.sequences = sequences;
  }

  /** The users for whom the condition holds. */
  String users(Condition condition) {
    return switch (condition) {
      case Condition.All(List<Condition> parts) -> chain("bitmapAnd", parts);
      case Condition.Any(List<Condition> parts) -> chain("bitmapOr", parts);
      case Condition.Not(Condition part) -> everybodyBut(users(part));
      case Condition.Trait trait -> trait(trait);
      case Condition.EventCount event -> count(event);
      case Condition.Latest latest -> latest(latest);
      case Condition.InSegment(String segmentId) -> segment(segmentId);
      case Condition.Sequence sequence -> sequence(sequence);
    };
  }

  private String chain(String function, List<Condition> parts) {
    return parts.stream()
        .map(this::users)
        .reduce((left, right) -> function + "(" + left + ", " + right + ")")
        .orElseThrow();
  }

  private String everybodyBut(String users) {
    String everybody = bitmap("profiles_v1 WHERE project_id = " + parameters.project(project));
    return "bitmapAndnot(" + everybody + ", " + users + ")";
  }

  private String trait(Condition.Trait trait) {
    return bitmap(
        "profiles_v1 WHERE project_id = "
            + parameters.project(project)
            + " AND "
            + TraitSql.holds(parameters, trait));
  }

  /** Users without any event are found from the other side: everybody but those who break it. */
  private String count(Condition.EventCount event) {
    Operator operator = event.operator();
    boolean zeroFits = operator.holds(0, event.count());
    boolean oneBreaksOrFits = isAboutAnyEvent(operator, event.count());
    String from = "events_v1 WHERE " + events(event.window().before(asOf), event.selector());
    String users =
        oneBreaksOrFits
            ? bitmap(from)
            : bitmap(
                "(SELECT user_number FROM %s GROUP BY user_number HAVING %s uniqExact(event_key) %s %s)"
                    .formatted(
                        from,
                        zeroFits ? "NOT" : "",
                        sign(operator),
                        parameters.number(event.count())));
    return zeroFits ? everybodyBut(users) : users;
  }

  /** Whether only "at all" matters, so that events need not be counted. */
  private static boolean isAboutAnyEvent(Operator operator, long count) {
    return switch (operator) {
      case GREATER_OR_EQUAL, LESS -> count == 1;
      case GREATER, LESS_OR_EQUAL, EQUAL, NOT_EQUAL -> count == 0;
      case CONTAINS, STARTS_WITH, IS_SET, IS_NOT_SET, HAS_ELEMENT -> false;
    };
  }

  private String latest(Condition.Latest latest) {
    Operand property = EventSql.operand(parameters, latest.property());
    String carriers =
        "events_v1 WHERE "
            + events(new Window.Always().before(asOf), latest.selector())
            + " AND "
            + property.present();
    return switch (latest.comparison().operator()) {
      case IS_SET -> bitmap(carriers);
      case IS_NOT_SET -> everybodyBut(bitmap(carriers));
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          CONTAINS,
          STARTS_WITH,
          HAS_ELEMENT ->
          bitmap(
              """
              (SELECT user_number, argMax(%s, (event_time, receive_time, event_key)) AS latest
              FROM %s GROUP BY user_number) WHERE %s
              """
                  .formatted(
                      property.raw(),
                      carriers,
                      ComparisonSql.compare(
                          parameters, Operand.ofProperty("latest", "1"), latest.comparison())));
    };
  }

  private String segment(String segmentId) {
    return "(SELECT groupBitmapMergeState(members) FROM memberships_v1 WHERE project_id = "
        + parameters.project(project)
        + " AND segment_id = "
        + parameters.text(segmentId)
        + ")";
  }

  private String sequence(Condition.Sequence sequence) {
    return "(SELECT groupBitmapState(arrayJoin(user_numbers)) FROM parked_users WHERE evaluation_id"
        + " = "
        + parameters.text(sequences.apply(sequence))
        + ")";
  }

  private String events(TimeRange range, EventSelector selector) {
    return EventSql.inRange(parameters, project, range)
        + " AND "
        + EventSql.matches(parameters, selector);
  }

  private static String bitmap(String from) {
    return "(SELECT groupBitmapState(user_number) FROM " + from + ")";
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case EQUAL -> "=";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
      case CONTAINS, STARTS_WITH, IS_SET, IS_NOT_SET, HAS_ELEMENT ->
          throw new IllegalStateException("A count compared by " + operator);
    };
  }
}
