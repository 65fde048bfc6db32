package io.tenure.experiment.domain.metric;

import io.tenure.platform.tenancy.ProjectId;

/** Whoever needs metrics to stay as they are: experiments that are judged by them. */
public interface MetricGuard {

  /**
   * Hears that a metric is about to mean something else.
   *
   * @throws io.tenure.platform.failure.Failure FAILED_PRECONDITION when it must not
   */
  void beforeMetricChange(ProjectId project, String metric);

  /**
   * Hears that a metric is about to be deleted.
   *
   * @throws io.tenure.platform.failure.Failure FAILED_PRECONDITION when it must not
   */
  void beforeMetricDeletion(ProjectId project, String metric);
}
