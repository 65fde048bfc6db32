package io.tenure.profile.domain.identity;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** Says why an id is the user it is: by which records and which rules. */
public final class Explainer {

  private final Owners owners;
  private final Decisions decisions;

  /** Explains from the given stores. */
  public Explainer(Owners owners, Decisions decisions) {
    this.owners = owners;
    this.decisions = decisions;
  }

  /**
   * Whose an id is, and why.
   *
   * @param userNumber 0 when nobody has the id any more
   * @param decisions newest first; empty for an id from before decisions were kept
   */
  public record Explanation(long userNumber, List<Decision> decisions) {}

  /**
   * Explains an id.
   *
   * @throws Failure NOT_FOUND when nobody ever had it
   */
  public Explanation explain(ProjectId project, IdKind kind, String id) {
    long owner = owners.owner(project, kind, id);
    List<Decision> known = decisions.find(project, kind, id);
    if (owner == 0 && known.isEmpty()) {
      throw Failure.notFound("identity", id);
    }
    return new Explanation(owner, known);
  }
}
