package io.tenure.collector.domain.column;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** What analyses ask for; a hint that may have gaps. */
public interface ColumnDemand {

  /**
   * How often a property was asked for.
   *
   * @param statements that read it
   * @param days on which it was read at all
   */
  record Asked(long statements, int days) {}

  /** The properties asked for during the last days, today among them; of all projects together. */
  Map<String, Asked> last(int days);

  /** The first day that was counted; empty when nothing was yet, or the counts were lost. */
  Optional<LocalDate> beginning();
}
