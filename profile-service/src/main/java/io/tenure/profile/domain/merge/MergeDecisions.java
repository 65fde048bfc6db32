package io.tenure.profile.domain.merge;

import io.tenure.profile.domain.Identity;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.Rule;
import java.util.Collection;
import java.util.List;

/** Tells whoever asks why an id is its user that people decided so, not a record. */
public final class MergeDecisions {

  /** The log that merges count as; a merge's place in it is its time. */
  static final String LOG = "merges";

  private final Decisions decisions;

  /** Written among the decisions of records. */
  public MergeDecisions(Decisions decisions) {
    this.decisions = decisions;
  }

  void merged(Merge merge, Collection<Identity> ids) {
    save(merge, Rule.MERGED, ids, merge.survivor(), merge.absorbed());
  }

  void separated(Merge merge, Collection<Identity> ids) {
    save(merge, Rule.SEPARATED, ids, merge.absorbed(), merge.survivor());
  }

  private void save(Merge merge, Rule rule, Collection<Identity> ids, long user, long former) {
    List<Decision> made =
        ids.stream()
            .map(
                id ->
                    new Decision(
                        merge.project(),
                        kind(id),
                        id.id(),
                        rule,
                        LOG,
                        merge.updateTime().toEpochMilli(),
                        user,
                        former,
                        "",
                        0,
                        merge.updateTime(),
                        merge.updateTime()))
            .toList();
    decisions.save(LOG + ":" + merge.id() + ":" + rule, made);
  }

  private static IdKind kind(Identity id) {
    return switch (id.kind()) {
      case LOGIN -> IdKind.LOGIN;
      case DEVICE -> IdKind.DEVICE;
      case KEYED -> IdKind.KEYED;
    };
  }
}
