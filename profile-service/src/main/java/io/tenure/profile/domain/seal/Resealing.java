package io.tenure.profile.domain.seal;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Rewriting;
import java.util.List;

/**
 * Seals what was written before its trait became personal, and opens what no longer is. Every batch
 * does so for the users it touches; this is for the others.
 */
public final class Resealing {

  private final StaleForms forms;
  private final SealedNames names;
  private final Rewriting rewriting;
  private final int batch;

  /**
   * Resealing of what is found.
   *
   * @param batch users at a time
   */
  public Resealing(StaleForms forms, SealedNames names, Rewriting rewriting, int batch) {
    this.forms = forms;
    this.names = names;
    this.rewriting = rewriting;
    this.batch = batch;
  }

  /** Goes through all projects once; returns how many users were written. */
  public int run() {
    int done = 0;
    for (ProjectId project : forms.projects()) {
      long after = 0;
      List<Long> found;
      do {
        found = forms.find(project, names.of(project), after, batch);
        if (!found.isEmpty()) {
          rewriting.rewrite(project, found);
          after = found.getLast();
          done += found.size();
        }
      } while (found.size() == batch);
    }
    return done;
  }
}
