package io.tenure.segment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the segment service.
 *
 * @param recomputeInterval how often every segment is computed again
 * @param maxRows most rows one statement of an analysis may read
 * @param maxMemory most memory the event store may use for one statement of an analysis
 * @param catalogueEvents most events in which the catalogue looks at properties, about; beyond, at
 *     those of some users
 */
@ConfigurationProperties("tenure.segment")
public record SegmentProperties(
    @DefaultValue("10m") Duration recomputeInterval,
    @DefaultValue("2000000000") long maxRows,
    @DefaultValue("4GB") DataSize maxMemory,
    @DefaultValue("2000000") long catalogueEvents) {

  /** Accepts one second or more, and limits that let something through. */
  public SegmentProperties {
    if (recomputeInterval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("tenure.segment.recompute-interval is below one second");
    }
    if (catalogueEvents < 1) {
      throw new IllegalArgumentException("tenure.segment.catalogue-events is below one");
    }
    if (maxRows < 1 || maxMemory.toMegabytes() < 1) {
      throw new IllegalArgumentException(
          "tenure.segment.max-rows and max-memory are at least one row and one megabyte");
    }
  }
}
