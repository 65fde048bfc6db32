package io.tenure.segment.domain.segment;

import io.tenure.condition.domain.Condition;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a segment to be.
 *
 * @param condition who belongs to it; null when its members were listed once and stay
 */
public record SegmentDraft(
    String id, String displayName, String description, @Nullable Condition condition) {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  /** Accepts an id of 3 to 63 lower-case letters, digits and inner hyphens. */
  public SegmentDraft {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The id must have 3 to 63 lower-case letters, digits and inner hyphens");
    }
    if (displayName.length() > 200) {
      throw new IllegalArgumentException("The display name has at most 200 characters");
    }
    if (description.length() > 2000) {
      throw new IllegalArgumentException("The description has at most 2000 characters");
    }
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
