package io.tenure.segment.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.segment.RecomputeTurn;
import io.tenure.segment.domain.segment.Segments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Computes every segment again at an interval, those that others ask for first. One segment that
 * fails does not keep the others from being computed.
 */
@Component
public final class RecomputeJob {

  private static final Logger LOG = LoggerFactory.getLogger(RecomputeJob.class);

  private final Segments segments;
  private final RecomputeTurn turn;
  private final MeterRegistry meters;

  /** A job that takes turns with other processes. */
  public RecomputeJob(Segments segments, RecomputeTurn turn, MeterRegistry meters) {
    this.segments = segments;
    this.turn = turn;
    this.meters = meters;
  }

  /** Computes all segments when it is this process's turn. */
  @Scheduled(
      initialDelayString = "${tenure.segment.recompute-interval:10m}",
      fixedDelayString = "${tenure.segment.recompute-interval:10m}")
  public void recompute() {
    try {
      if (turn.take()) {
        segments.projects().forEach(this::recompute);
      }
    } catch (Failure failure) {
      LOG.warn("Segments were not recomputed: {}", failure.text(), failure);
    }
  }

  private void recompute(ProjectId project) {
    for (String id : segments.inOrder(project)) {
      SegmentMetric outcome = SegmentMetric.COMPUTED;
      try {
        segments.compute(project, id);
      } catch (Failure failure) {
        outcome = SegmentMetric.FAILED;
        LOG.warn("Segment {} of {} was not computed: {}", id, project, failure.text(), failure);
      }
      meters.counter(SegmentMetric.NAME, SegmentMetric.OUTCOME, outcome.value()).increment();
    }
  }
}
