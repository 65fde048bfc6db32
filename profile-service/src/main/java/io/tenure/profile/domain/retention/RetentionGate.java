package io.tenure.profile.domain.retention;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.consent.ConsentGate.Outcome;
import io.tenure.profile.domain.consent.ConsentedUpdate;
import io.tenure.profile.domain.erasure.ErasureGate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands before all that applies records and keeps out events that are too old already: read again,
 * sent late or imported. Storing them would only bring back until the next night what was removed.
 */
public final class RetentionGate {

  private final ErasureGate next;
  private final RetentionPolicies policies;
  private final Clock clock;

  /** A gate before the given one. */
  public RetentionGate(ErasureGate next, RetentionPolicies policies, Clock clock) {
    this.next = next;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * Applies records, but for events that are too old, whose number is 0. What such an event says
   * about consent still counts.
   *
   * @param records ascending by offset
   * @throws Failure as the gate behind
   */
  public Outcome apply(String logId, List<ConsentedUpdate> records) {
    Instant now = clock.instant();
    Map<ProjectId, Instant> ends = new HashMap<>();
    List<ConsentedUpdate> kept = new ArrayList<>(records.size());
    boolean[] handed = new boolean[records.size()];
    boolean[] expired = new boolean[records.size()];
    boolean any = false;
    for (int i = 0; i < records.size(); i++) {
      ConsentedUpdate record = records.get(i);
      Instant end =
          ends.computeIfAbsent(
              record.update().project(),
              project -> Expiry.end(policies.recent(project).eventDays(), now));
      expired[i] = record.update().event() && record.update().time().isBefore(end);
      any |= expired[i];
      handed[i] = !expired[i] || !record.statements().isEmpty();
      if (handed[i]) {
        kept.add(expired[i] ? withoutContent(record) : record);
      }
    }
    Outcome outcome = next.apply(logId, kept);
    return any ? with(outcome, handed, expired) : outcome;
  }

  private static ConsentedUpdate withoutContent(ConsentedUpdate record) {
    return new ConsentedUpdate(
        record.update().withoutContent(), record.receiveTime(), record.statements());
  }

  private static Outcome with(Outcome outcome, boolean[] handed, boolean[] expired) {
    List<Long> numbers = new ArrayList<>(handed.length);
    int place = 0;
    for (int i = 0; i < handed.length; i++) {
      long number = handed[i] ? outcome.userNumbers().get(place++) : 0;
      numbers.add(expired[i] ? 0 : number);
    }
    return new Outcome(outcome.applied(), numbers, outcome.withheld(), outcome.unprofiled());
  }
}
