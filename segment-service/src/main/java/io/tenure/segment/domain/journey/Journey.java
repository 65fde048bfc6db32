package io.tenure.segment.domain.journey;

import io.tenure.segment.domain.analysis.SessionRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One user's events in order of time. Where events have keys, each comes once, also when it is
 * stored twice, and those of one instant are in the order of their keys, which is arbitrary and
 * always the same.
 */
public final class Journey {

  private final long user;
  private final Packing packing;
  private final long[] packed;
  private final int[] sources;
  private final long[] keys;
  private final Attributes attributes;

  private Journey(
      long user,
      Packing packing,
      long[] packed,
      int[] sources,
      long[] keys,
      Attributes attributes) {
    this.user = user;
    this.packing = packing;
    this.packed = packed;
    this.sources = sources;
    this.keys = keys;
    this.attributes = attributes;
  }

  /**
   * What comes with each event, in the order in which the events came.
   *
   * @param codes for each coded attribute the number of each event
   * @param related the same for related attributes
   * @param texts for each attribute that is text {@code =} and the value, or empty for none
   */
  public record Attributes(int[][] codes, int[][] related, String[][] texts) {
    /** None. */
    public static final Attributes NONE =
        new Attributes(new int[0][], new int[0][], new String[0][]);
  }

  /**
   * A journey of events that have only a time and a mask.
   *
   * @param packed in any order; they are put in order in place
   */
  public static Journey of(long user, Packing packing, long[] packed) {
    Arrays.sort(packed);
    return new Journey(user, packing, packed, new int[0], new long[0], Attributes.NONE);
  }

  /**
   * A journey of events in any order.
   *
   * @param keys what tells events apart
   */
  public static Journey of(
      long user, Packing packing, long[] packed, long[] keys, Attributes attributes) {
    int[] sources = EventOrder.of(packed, packing, keys);
    long[] ordered = new long[sources.length];
    for (int event = 0; event < ordered.length; event++) {
      ordered[event] = packed[sources[event]];
    }
    return new Journey(user, packing, ordered, sources, keys, attributes);
  }

  /** Whose events. */
  public long user() {
    return user;
  }

  /** How many events. */
  public int size() {
    return packed.length;
  }

  /** All events as {@link Packing} makes them, in order; for whoever goes through many of them. */
  public long[] packed() {
    return packed;
  }

  /** When an event happened, in milliseconds. */
  public long time(int event) {
    return packing.millis(packed[event]);
  }

  /** What tells an event apart; only where they were asked for with it. */
  public long key(int event) {
    return keys[sources[event]];
  }

  /** One bit for each selector that selects an event. */
  public int mask(int event) {
    return packing.mask(packed[event]);
  }

  /** Whether one of some selectors selects an event. */
  public boolean is(int event, int mask) {
    return (mask(event) & mask) != 0;
  }

  /** Number of an event's text of a coded attribute. */
  public int code(int attribute, int event) {
    return attributes.codes[attribute][sources[event]];
  }

  /**
   * Number of an event's text of a related attribute, {@link Dictionary#NONE} where it has none.
   */
  public int related(int attribute, int event) {
    return attributes.related[attribute][sources[event]];
  }

  /** An attribute that is text as {@link #written} writes it. */
  public String text(int attribute, int event) {
    return attributes.texts[attribute][sources[event]];
  }

  /** An attribute that is text; null where the event has none. */
  public @Nullable String value(int attribute, int event) {
    return read(text(attribute, event));
  }

  /**
   * The journeys one has to be taken for when its events belong together only where all related
   * attributes are the same; events without one of them belong to none. In order of their first
   * events.
   */
  public List<Journey> apart() {
    Map<List<Integer>, IntStream.Builder> parts = new LinkedHashMap<>();
    for (int event = 0; event < packed.length; event++) {
      int source = sources[event];
      List<Integer> key =
          Arrays.stream(attributes.related).map(numbers -> numbers[source]).toList();
      if (!key.contains(Dictionary.NONE)) {
        parts.computeIfAbsent(key, _ -> IntStream.builder()).add(event);
      }
    }
    return parts.values().stream().map(events -> only(events.build().toArray())).toList();
  }

  private Journey only(int[] events) {
    return new Journey(
        user,
        packing,
        Arrays.stream(events).mapToLong(event -> packed[event]).toArray(),
        sources.length == 0
            ? sources
            : Arrays.stream(events).map(event -> sources[event]).toArray(),
        keys,
        attributes);
  }

  /**
   * The same events, where those after a user's first of some selector are no longer selected by
   * it. Events of the first instant all stay first.
   *
   * @param mask the selectors
   */
  public Journey firstsOnly(int mask) {
    long[] firsts = packed.clone();
    for (int rest = mask; rest != 0; rest &= rest - 1) {
      long first = -1;
      for (int event = 0; event < firsts.length; event++) {
        if ((firsts[event] & Integer.lowestOneBit(rest)) != 0) {
          first = first < 0 ? time(event) : first;
          firsts[event] &= time(event) == first ? -1L : ~(long) Integer.lowestOneBit(rest);
        }
      }
    }
    return new Journey(user, packing, firsts, sources, keys, attributes);
  }

  /**
   * Some of the events.
   *
   * @param from the first that may be one of them
   * @param to one past the last
   * @param which which of these are
   */
  public Journey part(int from, int to, IntPredicate which) {
    return only(IntStream.range(from, to).filter(which).toArray());
  }

  /** The event after the last one of the session that begins with an event. */
  public int sessionEnd(int first, SessionRule rule) {
    return sessionEnd(first, rule, 0, 0);
  }

  /**
   * The same, when some events begin a session and some end one.
   *
   * @param starts mask of events that begin one
   * @param stops mask of events that are the last of one
   */
  public int sessionEnd(int first, SessionRule rule, int starts, int stops) {
    long idle = rule.idle().toMillis();
    long longest = rule.longest().toMillis();
    int event = first + 1;
    while (event < packed.length
        && time(event) - time(event - 1) <= idle
        && time(event) - time(first) < longest
        && !is(event, starts)
        && !is(event - 1, stops)) {
      event++;
    }
    return event;
  }

  /** The first event after an instant; the number of events when there is none. */
  public int firstAfter(long millis) {
    int low = 0;
    int high = packed.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (time(middle) > millis) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** A value as texts have it, so that no value and an empty one stay apart. */
  public static String written(@Nullable String value) {
    return value == null ? "" : "=" + value;
  }

  /** The value of such a text. */
  public static @Nullable String read(String text) {
    return text.isEmpty() ? null : text.substring(1);
  }
}
