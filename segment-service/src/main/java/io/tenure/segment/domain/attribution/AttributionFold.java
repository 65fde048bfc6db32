package io.tenure.segment.domain.attribution;

import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.Relation;
import io.tenure.segment.domain.track.Track;
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

  void fold(Track track, Conversions conversions) {
    related.clear();
    for (int first = 0; first < track.size(); ) {
      int end = first + 1;
      while (end < track.size() && track.time(end) == track.time(first)) {
        end++;
      }
      for (int event = first; event < end; event++) {
        if (!track.is(event, query.targetMask())) {
          touch(track, event);
        }
      }
      for (int event = first; event < end; event++) {
        if (track.is(event, query.targetMask())) {
          convert(track, event, conversions);
        }
      }
      first = end;
    }
  }

  private void touch(Track track, int event) {
    int relation = relation(track, event, Relation.FIRST);
    if (query.relation() != null && relation == Dictionary.NONE) {
      return;
    }
    int key = source(track, event);
    related
        .computeIfAbsent(relation, _ -> touches())
        .add(key, isDirect.test(key), track.time(event));
  }

  private void convert(Track track, int event, Conversions conversions) {
    int relation = relation(track, event, Relation.SECOND);
    Touches touches = related.getOrDefault(relation, none);
    touches.expire(track.time(event) - lookback);
    if (track.time(event) >= rangeStart) {
      conversions.conversion(event, touches);
    }
    if (query.rules().singleUse()) {
      touches.clear();
    }
  }

  private int source(Track track, int event) {
    return query.property() == null
        ? Integer.numberOfTrailingZeros(track.mask(event) >>> query.targets().size())
        : track.code(0, event);
  }

  private int relation(Track track, int event, int attribute) {
    return query.relation() == null ? Dictionary.NONE : track.related(attribute, event);
  }

  private Touches touches() {
    return new Touches(query.rules().halfLife().toMillis());
  }
}
