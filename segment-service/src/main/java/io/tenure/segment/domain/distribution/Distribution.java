package io.tenure.segment.domain.distribution;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How users differ, frame by frame. */
public record Distribution(List<Frame> frames) implements Answer {

  /**
   * One frame.
   *
   * @param start what its period is called; empty for the whole range
   * @param users users who are measured
   * @param mean over these users, 16 digits; null without any
   * @param inactive users who did nothing; 0 when they were not asked for
   * @param incomplete whether the frame has not ended yet
   */
  public record Frame(
      String start,
      long users,
      @Nullable BigDecimal mean,
      List<Bucket> buckets,
      long inactive,
      boolean incomplete) {}

  /** Users with a measure of at least one number and, where not cumulative, below another. */
  public record Bucket(Optional<BigDecimal> least, Optional<BigDecimal> below, long users) {}

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("start", Type.TEXT)
            .column("least", Type.DECIMAL)
            .column("below", Type.DECIMAL)
            .column("users", Type.COUNT)
            .column("frame_users", Type.COUNT)
            .column("inactive_users", Type.COUNT)
            .column("incomplete", Type.FLAG);
    for (Frame frame : frames) {
      for (Bucket bucket : frame.buckets()) {
        table.row(
            frame.start(),
            bucket.least().orElse(null),
            bucket.below().orElse(null),
            bucket.users(),
            frame.users(),
            frame.inactive(),
            frame.incomplete());
      }
    }
    return table.build();
  }
}
