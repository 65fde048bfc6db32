package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a run is looked at. The times are fixed before anything is seen and the same for whoever
 * asks, so that a sequential design's promise holds however often people look: early looks cost a
 * group-sequential plan next to nothing, and show harm within hours.
 */
final class LookSchedule {

  private static final List<Duration> AFTER_START =
      Stream.of(
              Stream.of(Duration.ofHours(1), Duration.ofHours(6)),
              IntStream.rangeClosed(1, 7).mapToObj(Duration::ofDays),
              IntStream.rangeClosed(2, 8).mapToObj(week -> Duration.ofDays(7L * week)),
              IntStream.rangeClosed(3, 26).mapToObj(month -> Duration.ofDays(28L * month)))
          .flatMap(looks -> looks)
          .toList();

  private final DesignKind design;
  private final Instant start;
  private final @Nullable Instant end;

  /**
   * @param stop when the last unit was dealt; null while it runs
   * @param longest after so long a unit's metrics no longer change
   */
  LookSchedule(DesignKind design, Instant start, @Nullable Instant stop, Duration longest) {
    this.design = design;
    this.start = start;
    this.end = stop == null ? null : stop.plus(longest);
  }

  /** The looks by now, ascending. A fixed design has one, when no unit can change any more. */
  List<Instant> until(Instant now) {
    Instant last = end == null || now.isBefore(end) ? now : end;
    boolean over = last.equals(end);
    if (!last.isAfter(start)) {
      return List.of();
    }
    if (design == DesignKind.FIXED) {
      return over ? List.of(last) : List.of();
    }
    List<Instant> looks = new ArrayList<>();
    AFTER_START.stream().map(start::plus).filter(look -> look.isBefore(last)).forEach(looks::add);
    if (over || design == DesignKind.CONFIDENCE_SEQUENCE || isScheduled(last)) {
      looks.add(last);
    }
    return looks;
  }

  /** The latest look by now that was fixed before; null when there was none. */
  @Nullable Instant latest(Instant now) {
    return fixed().filter(look -> !look.isAfter(now)).max(Instant::compareTo).orElse(null);
  }

  /** The next look after an instant; null when none is scheduled. */
  @Nullable Instant after(Instant now) {
    return fixed().filter(look -> look.isAfter(now)).min(Instant::compareTo).orElse(null);
  }

  private Stream<Instant> fixed() {
    Stream<Instant> looks =
        design == DesignKind.FIXED ? Stream.empty() : AFTER_START.stream().map(start::plus);
    return Stream.concat(looks, Stream.ofNullable(end))
        .filter(look -> end == null || !look.isAfter(end));
  }

  private boolean isScheduled(Instant look) {
    return AFTER_START.contains(Duration.between(start, look));
  }
}
