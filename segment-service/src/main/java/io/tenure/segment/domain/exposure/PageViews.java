package io.tenure.segment.domain.exposure;

import io.tenure.segment.domain.track.SessionRule;
import io.tenure.segment.domain.track.Track;

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

  void fold(Track track, Views views) {
    open = false;
    for (int event = 0; event < track.size(); event++) {
      int kinds = query.kinds(track.mask(event));
      long time = track.time(event);
      if (open && (time - last > idle || time - start >= longest)) {
        close(last, views);
      }
      boolean scrolls = (kinds & ExposureQuery.SCROLL) != 0;
      if ((kinds & ExposureQuery.VIEW) != 0 || scrolls && !isOn(track.code(0, event))) {
        close(time, views);
        open = true;
        page = track.code(0, event);
        start = time;
        depth = 0;
      }
      if (scrolls) {
        depth = Math.max(depth, percent(track.amount(event)));
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
  private static double percent(String text) {
    if (text.isEmpty() || text.length() > 40) {
      return 0;
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isNaN(number) ? 0 : number;
    } catch (NumberFormatException notNumber) {
      return 0;
    }
  }
}
