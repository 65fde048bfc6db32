package io.tenure.profile.domain.identity;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** Says why an id is the user it is: by which records and which rules. */
public final class Explainer {

  private final IdentityPlans plans;
  private final Owners owners;
  private final Decisions decisions;

  /** Explains from the given stores. */
  public Explainer(IdentityPlans plans, Owners owners, Decisions decisions) {
    this.plans = plans;
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
    List<Decision> known = known(project, kind, id);
    if (owner == 0 && known.isEmpty()) {
      throw Failure.notFound("identity", id);
    }
    return new Explanation(owner, known);
  }

  /** By ID_MAPPING login ids and device ids have keys like all others. */
  private List<Decision> known(ProjectId project, IdKind kind, String id) {
    boolean mapped = plans.get(project).plan().kind() == IdentityPlan.Kind.ID_MAPPING;
    if (!mapped || kind == IdKind.KEYED) {
      return decisions.find(project, kind, id);
    }
    String key = kind == IdKind.LOGIN ? "$identity_login_id" : "$identity_anonymous_id";
    return decisions.find(project, IdKind.KEYED, key + ":" + id);
  }
}
