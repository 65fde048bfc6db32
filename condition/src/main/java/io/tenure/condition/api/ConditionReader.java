package io.tenure.condition.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.condition.v1.Condition.KindCase;
import io.tenure.proto.condition.v1.Conditions;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Window;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Translates conditions and selectors of one request into the domain's. A violation names the path
 * to the part that is wrong, for example {@code condition.all.conditions[1].trait.values}.
 */
public final class ConditionReader {

  private static final int MAX_DEPTH = 12;

  private final Size size = new Size();
  private final ComparisonReader comparisons = new ComparisonReader(size);

  private final Set<KindCase> answerable;
  private final String refusal;

  private ConditionReader(Set<KindCase> answerable, String refusal) {
    this.answerable = answerable;
    this.refusal = refusal;
  }

  private ConditionReader() {
    this(EnumSet.complementOf(EnumSet.of(KindCase.KIND_NOT_SET)), "");
  }

  /** One condition, with all that is inside. */
  public static Condition read(String path, io.tenure.proto.condition.v1.Condition condition) {
    return new ConditionReader().condition(path, condition, 1);
  }

  /**
   * One condition for a place that can answer some questions only.
   *
   * @param answerable the kinds of questions it can answer; parts may always be joined
   * @param refusal what to say of any other
   */
  public static Condition read(
      String path,
      io.tenure.proto.condition.v1.Condition condition,
      Set<KindCase> answerable,
      String refusal) {
    Set<KindCase> kinds = EnumSet.of(KindCase.ALL, KindCase.ANY, KindCase.NOT);
    kinds.addAll(answerable);
    return new ConditionReader(kinds, refusal).condition(path, condition, 1);
  }

  /** One selector of events. */
  public static io.tenure.condition.domain.EventSelector selector(
      String path, EventSelector selector) {
    return new ConditionReader().events(path, selector);
  }

  /** A list of selectors. */
  public static List<io.tenure.condition.domain.EventSelector> selectors(
      String path, List<EventSelector> selectors) {
    return new ConditionReader().steps(path, selectors);
  }

  private io.tenure.condition.domain.EventSelector events(String path, EventSelector selector) {
    List<PropertyFilter> filters = new ArrayList<>();
    for (int index = 0; index < selector.getFiltersCount(); index++) {
      String at = path + ".filters[" + index + "]";
      io.tenure.proto.condition.v1.PropertyFilter filter = selector.getFilters(index);
      Comparison comparison =
          comparisons.comparison(at, filter.getOperator(), filter.getValuesList());
      filters.add(at(at + ".name", () -> new PropertyFilter(filter.getName(), comparison)));
    }
    return at(
        path, () -> new io.tenure.condition.domain.EventSelector(selector.getName(), filters));
  }

  private List<io.tenure.condition.domain.EventSelector> steps(
      String path, List<EventSelector> selectors) {
    List<io.tenure.condition.domain.EventSelector> result = new ArrayList<>();
    for (int index = 0; index < selectors.size(); index++) {
      result.add(events(path + "[" + index + "]", selectors.get(index)));
    }
    return result;
  }

  private Condition condition(
      String path, io.tenure.proto.condition.v1.Condition condition, int depth) {
    if (depth > MAX_DEPTH) {
      throw Failure.invalid(path, "is nested more than " + MAX_DEPTH + " levels deep");
    }
    size.addPart(path);
    KindCase kind = condition.getKindCase();
    if (kind != KindCase.KIND_NOT_SET && !answerable.contains(kind)) {
      throw Failure.invalid(path, refusal);
    }
    return switch (kind) {
      case ALL -> {
        List<Condition> parts = parts(path + ".all", condition.getAll(), depth);
        yield at(path + ".all", () -> new Condition.All(parts));
      }
      case ANY -> {
        List<Condition> parts = parts(path + ".any", condition.getAny(), depth);
        yield at(path + ".any", () -> new Condition.Any(parts));
      }
      case NOT -> new Condition.Not(condition(path + ".not", condition.getNot(), depth + 1));
      case TRAIT -> {
        var trait = condition.getTrait();
        Comparison comparison =
            comparisons.comparison(path + ".trait", trait.getOperator(), trait.getValuesList());
        yield at(path + ".trait.name", () -> new Condition.Trait(trait.getName(), comparison));
      }
      case EVENT -> event(path + ".event", condition.getEvent());
      case LATEST -> latest(path + ".latest", condition.getLatest());
      case SEGMENT ->
          at(
              path + ".segment.segment_id",
              () -> new Condition.InSegment(condition.getSegment().getSegmentId()));
      case SEQUENCE -> sequence(path + ".sequence", condition.getSequence());
      case KIND_NOT_SET -> throw Failure.invalid(path, "needs exactly one kind of condition");
    };
  }

  private List<Condition> parts(String path, Conditions conditions, int depth) {
    List<Condition> parts = new ArrayList<>();
    for (int index = 0; index < conditions.getConditionsCount(); index++) {
      parts.add(
          condition(
              path + ".conditions[" + index + "]", conditions.getConditions(index), depth + 1));
    }
    return parts;
  }

  private Condition event(String path, io.tenure.proto.condition.v1.EventCondition event) {
    var selector = events(path + ".selector", event.getSelector());
    var operator = comparisons.operator(path + ".operator", event.getOperator());
    var window = window(path + ".window", event.getWindow());
    return at(path, () -> new Condition.EventCount(selector, operator, event.getCount(), window));
  }

  private Condition latest(String path, io.tenure.proto.condition.v1.LatestCondition latest) {
    var selector = events(path + ".selector", latest.getSelector());
    Comparison comparison =
        comparisons.comparison(path, latest.getOperator(), latest.getValuesList());
    return at(
        path + ".property", () -> new Condition.Latest(selector, latest.getProperty(), comparison));
  }

  private Condition sequence(String path, io.tenure.proto.condition.v1.SequenceCondition sequence) {
    var steps = steps(path + ".steps", sequence.getStepsList());
    if (!sequence.hasWithin()) {
      throw Failure.invalid(path + ".within", "is required");
    }
    var within = Fields.duration(path + ".within", sequence.getWithin());
    var window = window(path + ".window", sequence.getWindow());
    return at(path, () -> new Condition.Sequence(steps, within, window));
  }

  private static io.tenure.condition.domain.Window window(String path, Window window) {
    return switch (window.getKindCase()) {
      case LAST -> {
        var length = Fields.duration(path + ".last", window.getLast());
        yield at(path + ".last", () -> new io.tenure.condition.domain.Window.Last(length));
      }
      case INTERVAL -> {
        var range = Fields.range(path + ".interval", window.getInterval());
        yield at(path + ".interval", () -> new io.tenure.condition.domain.Window.Between(range));
      }
      case KIND_NOT_SET -> new io.tenure.condition.domain.Window.Always();
    };
  }
}
