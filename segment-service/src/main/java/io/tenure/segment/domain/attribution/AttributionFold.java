package io.tenure.segment.domain.attribution;

import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Relation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Finds the touches of one user's conversions. Of one instant touches come before conversions, and
 * a conversion is no touch.
 */
final class AttributionFold {

  /** Takes one conversion; the touches are valid during the call only, and may be none. */
  @FunctionalInterface
  interface Conversions {
    void conversion(int event, Touches touches);
  }

  private final AttributionQuery query;
  private final IntPredicate isDirect;
  private final long lookback;
  private final long rangeStart;
  private final Map<Integer, Touches> related = new HashMap<>();
  private final Touches none;

  /**
   * @param isDirect whether a source is direct
   */
  AttributionFold(AttributionQuery query, IntPredicate isDirect) {
    this.query = query;
    this.isDirect = isDirect;
    this.lookback = query.rules().lookback().toMillis();
    this.rangeStart = query.scope().range().start().toEpochMilli();
    this.none = touches();
  }

  void fold(Journey journey, Conversions conversions) {
    related.clear();
    for (int first = 0; first < journey.size(); ) {
      int end = first + 1;
      while (end < journey.size() && journey.time(end) == journey.time(first)) {
        end++;
      }
      for (int event = first; event < end; event++) {
        if (!journey.is(event, query.targetMask())) {
          touch(journey, event);
        }
      }
      for (int event = first; event < end; event++) {
        if (journey.is(event, query.targetMask())) {
          convert(journey, event, conversions);
        }
      }
      first = end;
    }
  }

  private void touch(Journey journey, int event) {
    int relation = relation(journey, event, Relation.FIRST);
    if (query.relation() != null && relation == Dictionary.NONE) {
      return;
    }
    int key = source(journey, event);
    related
        .computeIfAbsent(relation, _ -> touches())
        .add(key, isDirect.test(key), journey.time(event));
  }

  private void convert(Journey journey, int event, Conversions conversions) {
    int relation = relation(journey, event, Relation.SECOND);
    Touches touches = related.getOrDefault(relation, none);
    touches.expire(journey.time(event) - lookback);
    if (journey.time(event) >= rangeStart) {
      conversions.conversion(event, touches);
    }
    if (query.rules().singleUse()) {
      touches.clear();
    }
  }

  private int source(Journey journey, int event) {
    return query.property() == null
        ? Integer.numberOfTrailingZeros(journey.mask(event) >>> query.targets().size())
        : journey.code(0, event);
  }

  private int relation(Journey journey, int event, int attribute) {
    return query.relation() == null ? Dictionary.NONE : journey.related(attribute, event);
  }

  private Touches touches() {
    return new Touches(query.rules().halfLife().toMillis());
  }
}
