package io.tenure.profile.domain.erasure;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.consent.ConsentGate;
import io.tenure.profile.domain.consent.ConsentGate.Outcome;
import io.tenure.profile.domain.consent.ConsentedUpdate;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands before all that applies records and keeps out what is about erased people: records read
 * again, sent late, imported or restored. What came after the erasure is a new person's.
 */
public final class ErasureGate {

  private static final long NOBODY = 0;

  private final ConsentGate next;
  private final Tombstones tombstones;
  private final IdentityPlans plans;

  /** A gate before the given one. */
  public ErasureGate(ConsentGate next, Tombstones tombstones, IdentityPlans plans) {
    this.next = next;
    this.tombstones = tombstones;
    this.plans = plans;
  }

  /**
   * Applies records, but for those of erased people, whose number is 0. A record is as old as the
   * earlier of when it happened and when it reached us.
   *
   * @param records ascending by offset
   * @throws Failure as the gate behind
   */
  public Outcome apply(String logId, List<ConsentedUpdate> records) {
    Map<ProjectId, Watch> watches = new HashMap<>();
    List<ConsentedUpdate> kept = new ArrayList<>(records.size());
    boolean[] withheld = new boolean[records.size()];
    for (int i = 0; i < records.size(); i++) {
      ConsentedUpdate record = records.get(i);
      Watch watch = watches.computeIfAbsent(record.update().project(), this::watch);
      ProfileUpdate allowed = watch.allowed(logId, record.update(), earliest(record));
      withheld[i] = allowed == null;
      if (allowed != null) {
        kept.add(
            allowed == record.update()
                ? record
                : new ConsentedUpdate(allowed, record.receiveTime(), record.statements()));
      }
    }
    Outcome outcome = next.apply(logId, kept);
    return kept.size() == records.size() ? outcome : with(outcome, withheld);
  }

  private static Instant earliest(ConsentedUpdate record) {
    Instant happened = record.update().time();
    return happened.isBefore(record.receiveTime()) ? happened : record.receiveTime();
  }

  private static Outcome with(Outcome outcome, boolean[] withheld) {
    List<Long> numbers = new ArrayList<>(withheld.length);
    int place = 0;
    for (boolean one : withheld) {
      numbers.add(one ? NOBODY : outcome.userNumbers().get(place++));
    }
    return new Outcome(outcome.applied(), numbers, outcome.withheld(), outcome.unprofiled());
  }

  private Watch watch(ProjectId project) {
    Stones stones = tombstones.of(project);
    return new Watch(
        stones, stones.isEmpty() ? IdentityPlan.Kind.ONE_TO_ONE : plans.get(project).plan().kind());
  }

  private record Watch(Stones stones, IdentityPlan.Kind plan) {

    /** The record as it may be applied; null when it must not be. */
    @Nullable ProfileUpdate allowed(String logId, ProfileUpdate update, Instant time) {
      if (stones.isEmpty()) {
        return update;
      }
      Identifiers ids = update.ids();
      boolean joint =
          switch (plan) {
            case DEVICE_ONLY, ID_MAPPING -> true;
            case ONE_TO_ONE, MANY_TO_ONE -> ids.loginId().isEmpty();
          };
      if (joint) {
        return stones.coversAny(ids, logId, update.offset(), time) ? null : update;
      }
      if (stones.covers(Release.Kind.LOGIN, ids.loginId(), logId, update.offset(), time)) {
        return null;
      }
      // Somebody else's record, made on the erased person's device.
      return stones.covers(Release.Kind.DEVICE, ids.anonymousId(), logId, update.offset(), time)
          ? update.with(new Identifiers(ids.loginId(), "", Link.NONE))
          : update;
    }
  }
}
