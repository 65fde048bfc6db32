package io.tenure.experiment.domain.metric;

import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** What people do with metrics. */
public final class Metrics {

  private final Shelf<Metric> shelf;
  private final MetricGuard guard;

  /** Metrics on that shelf. */
  public Metrics(Shelf<Metric> shelf, MetricGuard guard) {
    this.shelf = shelf;
    this.guard = guard;
  }

  /**
   * Adds a metric.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, or ALREADY_EXISTS
   */
  public Stored<Metric> create(Caller author, Metric metric) {
    MetricInspection.check(metric);
    return shelf.create(author, metric);
  }

  /**
   * Replaces a metric; its texts can always change.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, NOT_FOUND, ABORTED on a stale etag, or
   *     FAILED_PRECONDITION when a running experiment is judged by it
   */
  public Stored<Metric> update(Caller author, Metric metric, String etag) {
    Stored<Metric> before = shelf.get(author.project(), metric.key());
    MetricInspection.check(metric);
    if (!withoutTexts(before.content()).equals(withoutTexts(metric))) {
      guard.beforeMetricChange(author.project(), metric.key());
    }
    return shelf.update(author, metric, etag.isEmpty() ? before.etag() : etag);
  }

  /**
   * Removes a metric.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION while an experiment is judged by it
   */
  public void delete(Caller author, String key) {
    shelf.get(author.project(), key);
    guard.beforeMetricDeletion(author.project(), key);
    shelf.delete(author, key);
  }

  /**
   * One metric.
   *
   * @throws Failure NOT_FOUND
   */
  public Stored<Metric> get(ProjectId project, String key) {
    return shelf.get(project, key);
  }

  /** Metrics after a key, by key, at most so many. */
  public List<Stored<Metric>> list(ProjectId project, String afterKey, int limit) {
    return shelf.page(project, afterKey, limit);
  }

  private static Metric withoutTexts(Metric metric) {
    return new Metric(
        metric.key(),
        "",
        "",
        metric.direction(),
        metric.kind(),
        metric.window(),
        metric.capQuantile(),
        metric.currency());
  }
}
