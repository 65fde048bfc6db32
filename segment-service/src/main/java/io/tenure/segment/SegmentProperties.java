package io.tenure.segment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the segment service.
 *
 * @param recomputeInterval how often every segment is computed again
 */
@ConfigurationProperties("tenure.segment")
public record SegmentProperties(@DefaultValue("10m") Duration recomputeInterval) {

  /** Accepts one second or more. */
  public SegmentProperties {
    if (recomputeInterval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("tenure.segment.recompute-interval is below one second");
    }
  }
}
