package io.tenure.segment.domain.attribution;

import java.util.HashMap;
import java.util.Map;

/**
 * Shares one conversion among touches. Shares are whole billionths; what rounding down leaves goes
 * to the last touch, so they add up to the conversion exactly.
 */
final class Credits {

  /** One conversion. */
  static final long WHOLE = 1_000_000_000;

  private final AttributionRules rules;
  private final Map<Integer, Long> shares = new HashMap<>();
  private long left;

  Credits(AttributionRules rules) {
    this.rules = rules;
  }

  /** The shares by source; valid until the next conversion. */
  Map<Integer, Long> share(AttributionModel model, Touches touches) {
    shares.clear();
    left = WHOLE;
    switch (model) {
      case FIRST -> give(touches.firstKey(), WHOLE);
      case LAST -> give(touches.lastKey(), WHOLE);
      case LAST_NON_DIRECT -> give(touches.lastIndirectKey(), WHOLE);
      case LINEAR -> {
        long each = WHOLE / touches.size();
        touches.sources().forEach((key, source) -> give(key, each * source.count()));
      }
      case POSITION -> byPosition(touches);
      case TIME_DECAY -> byAge(touches);
    }
    if (left != 0) {
      give(touches.lastKey(), left);
    }
    shares.values().removeIf(share -> share == 0);
    return shares;
  }

  private void byPosition(Touches touches) {
    int both = rules.firstPercent() + rules.lastPercent();
    if (touches.size() == 1) {
      return;
    }
    if (touches.size() == 2) {
      give(touches.firstKey(), both == 0 ? WHOLE / 2 : WHOLE * rules.firstPercent() / both);
      return;
    }
    long first = WHOLE / 100 * rules.firstPercent();
    long last = WHOLE / 100 * rules.lastPercent();
    long each = (WHOLE - first - last) / (touches.size() - 2);
    give(touches.firstKey(), first - each);
    give(touches.lastKey(), last - each);
    touches.sources().forEach((key, source) -> give(key, each * source.count()));
  }

  private void byAge(Touches touches) {
    double all = touches.sources().values().stream().mapToDouble(touches::weight).sum();
    touches
        .sources()
        .forEach((key, source) -> give(key, (long) (WHOLE * (touches.weight(source) / all))));
  }

  private void give(int key, long share) {
    shares.merge(key, share, Long::sum);
    left -= share;
  }
}
