package io.tenure.segment.domain.track;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Packing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for events, user by user.
 *
 * @param population whose events
 * @param range when
 * @param selectors each is one bit of an event's mask, at most 21
 * @param everything whether events no selector selects come too
 * @param need only users with an event of one of these bits that lies in {@code needed}; 0 for all
 * @param needed see {@code need}
 * @param coded attributes that come as numbers of a {@link Dictionary}
 * @param related attributes that come as numbers which are equal where the texts are, for one user
 *     only, and so may have any number of values
 * @param amount a property that comes as text with the events of {@code amountBits}; null for none
 * @param amountBits see {@code amount}
 */
public record TrackQuery(
    Population population,
    TimeRange range,
    List<EventSelector> selectors,
    boolean everything,
    int need,
    TimeRange needed,
    List<Column> coded,
    List<Column> related,
    @Nullable String amount,
    int amountBits) {

  /** Accepts 1 to 21 selectors. */
  public TrackQuery {
    selectors = List.copyOf(selectors);
    coded = List.copyOf(coded);
    related = List.copyOf(related);
    requireRoom(selectors.size());
  }

  /** Whether that many selectors have room. */
  public static void requireRoom(int selectors) {
    new Packing(selectors);
  }

  /** A range that reaches further on both sides, as far as times go. */
  public static TimeRange reach(
      TimeRange range, java.time.Duration before, java.time.Duration after) {
    Instant start = range.start().minus(before);
    Instant end = range.end().plus(after);
    Instant last = Instant.parse("2100-01-01T00:00:00Z");
    return new TimeRange(
        start.isBefore(Instant.EPOCH) ? Instant.EPOCH : start, end.isAfter(last) ? last : end);
  }
}
