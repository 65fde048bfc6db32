package io.tenure.segment.domain.journey;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Population;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the events of users that matter to a question. What comes with each event costs, so it
 * is asked for one by one.
 *
 * @param population whose events
 * @param range when the events lie
 * @param selectors what tells them apart: the n-th is the n-th bit of a mask
 * @param everything whether events that no selector selects come too
 * @param entry which event a user must have to come at all; null for every user
 * @param coded attributes that come as numbers of a {@link Dictionary}
 * @param related attributes that come as numbers which are equal where the texts are, for one user
 *     only, and so may have any number of values
 * @param texts attributes that come as they are
 * @param history bits whose events come from the first ever on, and not only from the range
 * @param distinct whether a stored duplicate is removed; whoever does not mind it and asks for no
 *     attribute is faster
 */
public record JourneyQuery(
    Population population,
    TimeRange range,
    List<EventSelector> selectors,
    boolean everything,
    @Nullable Entry entry,
    int history,
    List<Column> coded,
    List<Column> related,
    List<Text> texts,
    boolean distinct) {

  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  /** Accepts 1 to 21 selectors. */
  public JourneyQuery {
    selectors = List.copyOf(selectors);
    coded = List.copyOf(coded);
    related = List.copyOf(related);
    texts = List.copyOf(texts);
    new Packing(selectors.size());
  }

  /** Bare events: times and masks. */
  public static JourneyQuery of(
      Population population,
      TimeRange range,
      List<EventSelector> selectors,
      boolean everything,
      @Nullable Entry entry,
      boolean distinct) {
    return new JourneyQuery(
        population,
        range,
        selectors,
        everything,
        entry,
        0,
        List.of(),
        List.of(),
        List.of(),
        distinct);
  }

  /** The same with attributes that come as numbers of a dictionary. */
  public JourneyQuery coded(List<? extends Column> columns) {
    return new JourneyQuery(
        population,
        range,
        selectors,
        everything,
        entry,
        history,
        List.copyOf(columns),
        related,
        texts,
        distinct);
  }

  /** The same with attributes that are only compared within a user. */
  public JourneyQuery related(List<? extends Column> columns) {
    return new JourneyQuery(
        population,
        range,
        selectors,
        everything,
        entry,
        history,
        coded,
        List.copyOf(columns),
        texts,
        distinct);
  }

  /** The same with attributes that come as they are. */
  public JourneyQuery texts(List<Text> columns) {
    return new JourneyQuery(
        population,
        range,
        selectors,
        everything,
        entry,
        history,
        coded,
        related,
        columns,
        distinct);
  }

  /** The same with all events ever of some bits. */
  public JourneyQuery history(int mask) {
    return new JourneyQuery(
        population, range, selectors, everything, entry, mask, coded, related, texts, distinct);
  }

  /**
   * The event a user must have.
   *
   * @param mask one of these bits
   * @param range inside this range
   */
  public record Entry(int mask, TimeRange range) {}

  /**
   * An attribute as text.
   *
   * @param mask it comes with events of these bits only
   */
  public record Text(Column column, int mask) {
    /** With every event that a selector selects. */
    public static final int ANY = -1;
  }

  /** All attributes that are asked for. */
  public List<Column> columns() {
    return Stream.of(coded.stream(), related.stream(), texts.stream().map(Text::column))
        .flatMap(Function.identity())
        .toList();
  }

  /** How events are packed. */
  public Packing packing() {
    return new Packing(selectors.size());
  }

  /**
   * Whether events come with what tells them apart: to remove duplicates, and so that those of one
   * instant have the same order each time, which shows only by their attributes.
   */
  public boolean keyed() {
    return distinct || !coded.isEmpty() || !related.isEmpty() || !texts.isEmpty();
  }

  /**
   * Whether an event may be selected by more than one, so that a stored duplicate of it could serve
   * twice.
   */
  public static boolean overlap(List<EventSelector> selectors) {
    return selectors.stream().anyMatch(EventSelector::selectsAnyName)
        || selectors.stream().map(EventSelector::name).distinct().count() < selectors.size();
  }

  /** A range that reaches further on both sides, as far as times go. */
  public static TimeRange reach(TimeRange range, Duration before, Duration after) {
    Instant start = range.start().minus(before);
    Instant end = range.end().plus(after);
    return new TimeRange(
        start.isBefore(Instant.EPOCH) ? Instant.EPOCH : start, end.isAfter(LAST) ? LAST : end);
  }
}
