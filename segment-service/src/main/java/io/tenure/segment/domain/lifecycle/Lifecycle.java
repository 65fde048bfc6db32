package io.tenure.segment.domain.lifecycle;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import java.util.List;
import java.util.Map;

/**
 * Where the active users of each period come from.
 *
 * @param periods one for each period of the range
 */
public record Lifecycle(List<Period> periods) implements Answer {

  /**
   * One period.
   *
   * @param start what the period is called
   * @param users users of every part
   * @param incomplete whether the period has not ended yet
   */
  public record Period(String start, Map<LifecyclePart, Long> users, boolean incomplete) {
    /** Users of a part. */
    public long users(LifecyclePart part) {
      return users.getOrDefault(part, 0L);
    }
  }

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("start", Type.TEXT)
            .column("new_users", Type.COUNT)
            .column("returning_users", Type.COUNT)
            .column("resurrecting_users", Type.COUNT)
            .column("dormant_users", Type.COUNT)
            .column("incomplete", Type.FLAG);
    for (Period period : periods) {
      table.row(
          period.start(),
          period.users(LifecyclePart.NEW),
          period.users(LifecyclePart.RETURNING),
          period.users(LifecyclePart.RESURRECTING),
          period.users(LifecyclePart.DORMANT),
          period.incomplete());
    }
    return table.build();
  }
}
