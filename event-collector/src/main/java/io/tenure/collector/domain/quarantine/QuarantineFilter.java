package io.tenure.collector.domain.quarantine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which records are meant; an empty condition holds for all.
 *
 * @param reasons one of these
 * @param dialect its label
 * @param eventName as sent
 * @param library what its name begins with
 * @param state what became of it
 * @param from received at this time or later
 * @param to received before
 * @param ids one of these
 */
public record QuarantineFilter(
    Set<String> reasons,
    String dialect,
    String eventName,
    String library,
    Optional<QuarantineState> state,
    Instant from,
    Instant to,
    List<QuarantineId> ids) {

  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  /** All records. */
  public static final QuarantineFilter ALL =
      new QuarantineFilter(Set.of(), "", "", "", Optional.empty(), Instant.EPOCH, LAST, List.of());

  /** Those of the records nobody did anything about that were there before a time. */
  public QuarantineFilter openBefore(Instant time) {
    return new QuarantineFilter(
        reasons,
        dialect,
        eventName,
        library,
        Optional.of(QuarantineState.OPEN),
        from,
        to.isBefore(time) ? to : time,
        ids);
  }
}
