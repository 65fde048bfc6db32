package io.tenure.segment.domain.journey;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Population;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param history bits whose events come from the first ever on, and not only from the range
 * @param attributes what comes with each event
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
    Attributes attributes,
    boolean distinct) {

  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  /** Accepts 1 to 21 selectors. */
  public JourneyQuery {
    selectors = List.copyOf(selectors);
    new Packing(selectors.size());
  }

  /** Bare events: times and masks, inside the range. */
  public static JourneyQuery of(
      Population population,
      TimeRange range,
      List<EventSelector> selectors,
      boolean everything,
      @Nullable Entry entry,
      boolean distinct) {
    return new JourneyQuery(
        population, range, selectors, everything, entry, 0, Attributes.NONE, distinct);
  }

  /** The same with attributes. */
  public JourneyQuery with(Attributes wanted) {
    return new JourneyQuery(
        population, range, selectors, everything, entry, history, wanted, distinct);
  }

  /** The same with all events ever of some bits. */
  public JourneyQuery since(int mask) {
    return new JourneyQuery(
        population, range, selectors, everything, entry, mask, attributes, distinct);
  }

  /**
   * The event a user must have.
   *
   * @param mask one of these bits
   * @param range inside this range
   */
  public record Entry(int mask, TimeRange range) {}

  /**
   * What comes with each event.
   *
   * @param coded as numbers of a {@link Dictionary}
   * @param related as numbers which are equal where the texts are, for one user only, and so may
   *     have any number of values
   * @param texts as they are
   */
  public record Attributes(
      List<? extends Column> coded, List<? extends Column> related, List<Text> texts) {
    /** None. */
    public static final Attributes NONE = new Attributes(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Attributes {
      coded = List.copyOf(coded);
      related = List.copyOf(related);
      texts = List.copyOf(texts);
    }

    /** Numbers of dictionaries only. */
    public static Attributes coded(List<? extends Column> columns) {
      return new Attributes(columns, List.of(), List.of());
    }

    /** All columns. */
    public List<Column> columns() {
      List<Column> columns = new ArrayList<>(coded);
      columns.addAll(related);
      texts.forEach(text -> columns.add(text.column()));
      return List.copyOf(columns);
    }
  }

  /**
   * An attribute as text.
   *
   * @param mask it comes with events of these bits only
   */
  public record Text(Column column, int mask) {
    /** With every event that a selector selects. */
    public static final int ANY = -1;
  }

  /** When the events lie that are looked at. */
  public TimeRange reading() {
    return history == 0 ? range : TimeRange.before(range.end());
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
    return distinct || !attributes.columns().isEmpty();
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
