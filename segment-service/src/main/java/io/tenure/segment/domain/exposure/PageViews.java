package io.tenure.segment.domain.exposure;

import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.Amount;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Finds one user's views of pages, how far they were scrolled and how long they lasted. */
final class PageViews {

  /** Takes one view. */
  @FunctionalInterface
  interface Views {
    void view(int page, long start, double depth, long dwell);
  }

  private final ExposureQuery query;
  private final long idle;
  private final long longest;
  private boolean open;
  private int page;
  private long start;
  private long last;
  private double depth;

  PageViews(ExposureQuery query) {
    SessionRule rule = query.rule();
    this.query = query;
    this.idle = rule.idle().toMillis();
    this.longest = rule.longest().toMillis();
  }

  void fold(Journey journey, Views views) {
    open = false;
    for (int event = 0; event < journey.size(); event++) {
      int kinds = query.kinds(journey.mask(event));
      long time = journey.time(event);
      if (open && (time - last > idle || time - start >= longest)) {
        close(last, views);
      }
      boolean scrolls = (kinds & ExposureQuery.SCROLL) != 0;
      if ((kinds & ExposureQuery.VIEW) != 0 || scrolls && !isOn(journey.code(0, event))) {
        close(time, views);
        open = true;
        page = journey.code(0, event);
        start = time;
        depth = 0;
      }
      if (scrolls) {
        depth = Math.max(depth, percent(journey.value(0, event)));
      }
      last = time;
    }
    close(last, views);
  }

  private boolean isOn(int other) {
    return open && page == other;
  }

  private void close(long end, Views views) {
    if (open) {
      views.view(page, start, depth, end - start);
      open = false;
    }
  }

  /** What is no number says nothing. */
  private static double percent(@Nullable String text) {
    BigDecimal number = Amount.number(text);
    return number == null ? 0 : number.doubleValue();
  }
}
