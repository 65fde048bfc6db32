package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.journey.Column;
import java.util.List;

/**
 * What may go with completing a funnel.
 *
 * @param events whether each event that is no step is a factor: done after the entry and before the
 *     last step, or, by those who did not complete, before their time was over
 * @param columns properties of the entry's event and traits, each of whose values is a factor
 * @param limit how many factors are told, the clearest
 */
public record Factors(boolean events, List<Column> columns, int limit) {

  private static final int MAX_COLUMNS = 10;
  private static final int MAX_LIMIT = 200;

  /** Accepts something to look at. */
  public Factors {
    columns = List.copyOf(columns);
    if (!events && columns.isEmpty() || columns.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "Needs events, or 1 to " + MAX_COLUMNS + " properties and traits");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("Tells 1 to " + MAX_LIMIT + " factors");
    }
  }
}
