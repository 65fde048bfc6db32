package io.tenure.profile.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.profile.domain.Projector.Outcome;
import io.tenure.profile.domain.Refusal;
import io.tenure.profile.domain.consent.ConsentGate;

/**
 * What the profile service counts. {@code records} balances: every record handed to Apply ends as
 * applied, as repeated or as withheld.
 */
enum ProfileTelemetry {
  /** Records by {@code outcome}: {@code applied}, {@code repeated} or {@code withheld}. */
  RECORDS("tenure.profile.records"),
  /**
   * Records whose person does not agree, by {@code effect}: {@code withheld} is stored nowhere,
   * {@code unprofiled} is stored and changed no profile.
   */
  UNWANTED("tenure.profile.records.unwanted"),
  /** Users seen for the first time. */
  USERS_CREATED("tenure.profile.users.created"),
  /** Trait changes without effect, by {@code reason}. */
  CHANGES_REFUSED("tenure.profile.changes.refused");

  private final String meter;

  ProfileTelemetry(String meter) {
    this.meter = meter;
  }

  static void count(MeterRegistry meters, ConsentGate.Outcome judged) {
    meters.counter(UNWANTED.meter, "effect", "withheld").increment(judged.withheld());
    meters.counter(UNWANTED.meter, "effect", "unprofiled").increment(judged.unprofiled());
    Outcome outcome = judged.applied();
    meters.counter(RECORDS.meter, "outcome", "applied").increment(outcome.applied());
    meters.counter(RECORDS.meter, "outcome", "repeated").increment(outcome.repeated());
    meters
        .counter(RECORDS.meter, "outcome", "withheld")
        .increment(judged.userNumbers().stream().filter(number -> number == 0).count());
    meters.counter(USERS_CREATED.meter).increment(outcome.created());
    for (Refusal refusal : outcome.refusals().keySet()) {
      meters
          .counter(CHANGES_REFUSED.meter, "reason", refusal.name())
          .increment(outcome.refusals().getOrDefault(refusal, 0));
    }
  }
}
