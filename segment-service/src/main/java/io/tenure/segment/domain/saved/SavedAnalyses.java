package io.tenure.segment.domain.saved;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** Keeps questions and dashboards; what a dashboard shows exists. */
public final class SavedAnalyses {

  private static final String ANALYSIS = "analysis";
  private static final String DASHBOARD = "dashboard";

  private final Shelf<AnalysisDraft> analyses;
  private final Shelf<DashboardDraft> dashboards;

  /** Questions and dashboards on the given shelves. */
  public SavedAnalyses(Shelf<AnalysisDraft> analyses, Shelf<DashboardDraft> dashboards) {
    this.analyses = analyses;
    this.dashboards = dashboards;
  }

  /** One question. */
  public Saved<AnalysisDraft> analysis(ProjectId project, String id) {
    return analyses.find(project, id).orElseThrow(() -> Failure.notFound(ANALYSIS, id));
  }

  /** Up to {@code limit} questions with an id after {@code after}. */
  public List<Saved<AnalysisDraft>> analyses(ProjectId project, String after, int limit) {
    return page(analyses.list(project), after, limit);
  }

  /** Saves a question. */
  public Saved<AnalysisDraft> create(Caller author, AnalysisDraft draft) {
    return analyses.create(author, draft);
  }

  /** Replaces a question. */
  public Saved<AnalysisDraft> update(Caller author, AnalysisDraft draft, String etag) {
    return analyses.update(author, draft, etag);
  }

  /** Deletes a question that no dashboard shows. */
  public void deleteAnalysis(Caller author, String id) {
    List<String> showing =
        dashboards.list(author.project()).stream()
            .filter(
                dashboard ->
                    dashboard.draft().tiles().stream()
                        .anyMatch(tile -> tile.analysisId().equals(id)))
            .map(Saved::id)
            .toList();
    if (!showing.isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The analysis '" + id + "' is shown by " + String.join(", ", showing));
    }
    analyses.delete(author, id);
  }

  /** One dashboard. */
  public Saved<DashboardDraft> dashboard(ProjectId project, String id) {
    return dashboards.find(project, id).orElseThrow(() -> Failure.notFound(DASHBOARD, id));
  }

  /** Up to {@code limit} dashboards with an id after {@code after}. */
  public List<Saved<DashboardDraft>> dashboards(ProjectId project, String after, int limit) {
    return page(dashboards.list(project), after, limit);
  }

  /** Saves a dashboard. */
  public Saved<DashboardDraft> create(Caller author, DashboardDraft draft) {
    requireAnalyses(author.project(), draft);
    return dashboards.create(author, draft);
  }

  /** Replaces a dashboard. */
  public Saved<DashboardDraft> update(Caller author, DashboardDraft draft, String etag) {
    requireAnalyses(author.project(), draft);
    return dashboards.update(author, draft, etag);
  }

  /** Deletes a dashboard. */
  public void deleteDashboard(Caller author, String id) {
    dashboards.delete(author, id);
  }

  private void requireAnalyses(ProjectId project, DashboardDraft draft) {
    for (int index = 0; index < draft.tiles().size(); index++) {
      if (analyses.find(project, draft.tiles().get(index).analysisId()).isEmpty()) {
        throw Failure.invalid(
            "dashboard.tiles[" + index + "].analysis_id", "names no saved analysis");
      }
    }
  }

  private static <T extends Draft> List<Saved<T>> page(
      List<Saved<T>> all, String after, int limit) {
    return all.stream().filter(one -> one.id().compareTo(after) > 0).limit(limit).toList();
  }
}
