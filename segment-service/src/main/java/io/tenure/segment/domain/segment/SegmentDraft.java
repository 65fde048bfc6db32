package io.tenure.segment.domain.segment;

import io.tenure.condition.domain.Condition;
import io.tenure.segment.domain.saved.Draft;
import io.tenure.segment.domain.saved.Heading;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a segment to be.
 *
 * @param condition who belongs to it; null when its members were listed once and stay
 */
public record SegmentDraft(
    String id, String displayName, String description, @Nullable Condition condition)
    implements Draft {

  /** Accepts what a heading accepts. */
  public SegmentDraft {
    new Heading(id, displayName, description);
  }

  @Override
  public Heading heading() {
    return new Heading(id, displayName, description);
  }

  /** Whether its members were listed once and stay. */
  public boolean fixed() {
    return condition == null;
  }

  /** Ids of the segments it asks for. */
  Stream<String> segmentIds() {
    return condition == null ? Stream.empty() : condition.segmentIds();
  }
}
