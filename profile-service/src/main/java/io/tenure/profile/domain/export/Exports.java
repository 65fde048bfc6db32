package io.tenure.profile.domain.export;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** Who was exported, kept for good; the documents are not. */
public interface Exports {

  /** Keeps a state, durably; the highest revision counts. */
  void save(Export export);

  /**
   * Exports of a project, newest first.
   *
   * @param before ids below this one; empty for all
   */
  List<Export> list(ProjectId project, String before, int limit);
}
