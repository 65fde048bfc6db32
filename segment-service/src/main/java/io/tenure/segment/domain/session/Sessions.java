package io.tenure.segment.domain.session;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.Spread;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How users come, stay and leave.
 *
 * @param values by the text of the first event, the most frequent first
 * @param depths sessions by number of events, one count for each of {@link #DEPTHS}
 * @param durations sessions by length, one count for each of {@link #DURATIONS}
 * @param events by the sessions that have them, the most frequent first
 */
public record Sessions(
    Figures total,
    List<Period> periods,
    List<Value> values,
    List<Count> depths,
    List<Count> durations,
    List<Event> events)
    implements Answer {

  /** Least numbers of events that are told apart. */
  public static final List<Long> DEPTHS = List.of(1L, 2L, 3L, 6L, 11L, 21L, 51L);

  /** Least lengths that are told apart. */
  public static final List<Duration> DURATIONS =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  /** Sessions and their different users. */
  public record Count(long sessions, long users) {

    double per(long other) {
      return other == 0 ? 0 : (double) sessions / other;
    }
  }

  /**
   * Figures of some sessions.
   *
   * @param events of all of them
   * @param duration from first to last event; null without any session
   * @param bounces sessions of one event
   */
  public record Figures(
      Count count, long events, double medianDepth, @Nullable Spread duration, Count bounces) {

    /** Sessions of a user; 0 without any. */
    public double perUser() {
      return count.per(count.users());
    }

    /** Events of a session; 0 without any. */
    public double meanDepth() {
      return new Count(events, 0).per(count.sessions());
    }

    /** Share of the sessions of one event; 0 without any. */
    public double bounceRate() {
      return bounces.per(count.sessions());
    }
  }

  /** Sessions that begin in one period. */
  public record Period(String start, boolean incomplete, Figures figures) {}

  /** Sessions whose first event has a text. */
  public record Value(Label label, Figures figures) {}

  /** Sessions that have an event, begin with it, end with it. */
  public record Event(Label name, Count parts, Count entries, Count exits) {

    /** Share of the sessions that have it which end with it. */
    public double exitRate() {
      return exits.per(parts.sessions());
    }
  }

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("start", Type.TEXT)
            .column("value", Type.TEXT)
            .column("sessions", Type.COUNT)
            .column("users", Type.COUNT)
            .column("per_user", Type.RATE)
            .column("mean_depth", Type.RATE)
            .column("median_depth", Type.RATE)
            .column("median_duration", Type.DURATION)
            .column("mean_duration", Type.DURATION)
            .column("bounces", Type.COUNT)
            .column("bounce_rate", Type.RATE)
            .column("incomplete", Type.FLAG);
    periods.forEach(
        period -> row(table, period.start(), null, period.figures(), period.incomplete()));
    values.forEach(value -> row(table, null, value.label().text(), value.figures(), null));
    return table.build();
  }

  private static void row(
      Table.Builder table,
      @Nullable String date,
      @Nullable String value,
      Figures figures,
      @Nullable Boolean incomplete) {
    @Nullable Spread duration = figures.duration();
    table.row(
        date,
        value,
        figures.count().sessions(),
        figures.count().users(),
        figures.perUser(),
        figures.meanDepth(),
        figures.medianDepth(),
        duration == null ? null : duration.median(),
        duration == null ? null : duration.mean(),
        figures.bounces().sessions(),
        figures.bounceRate(),
        incomplete);
  }
}
