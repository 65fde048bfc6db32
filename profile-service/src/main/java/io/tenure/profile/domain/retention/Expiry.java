package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * What is too old in a project at some instant. {@link Instant#EPOCH} keeps everything. All ends
 * lie at midnight, so that a whole night and all that arrives in it agree on them.
 *
 * @param events that happened before this
 * @param properties all properties of events that happened before this
 * @param personalProperties the personal ones of events that happened before this
 * @param traits all traits of people no record came of since
 * @param personalTraits the personal ones of people no record came of since
 * @param profiles of people no record came of since
 * @param history the past of profiles before this
 * @param quarantine records that reached us before this
 * @param alerts raised before this
 * @param personalNames names of personal properties and traits
 * @param start when it was decided
 */
public record Expiry(
    ProjectId project,
    Instant events,
    Instant properties,
    Instant personalProperties,
    Instant traits,
    Instant personalTraits,
    Instant profiles,
    Instant history,
    Instant quarantine,
    Instant alerts,
    Set<String> personalNames,
    Instant start) {

  /** Takes a copy. */
  public Expiry {
    personalNames = Set.copyOf(personalNames);
  }

  /** What a policy finds too old. */
  public static Expiry of(
      ProjectId project, RetentionPolicy policy, Set<String> personalNames, Instant now) {
    return new Expiry(
        project,
        end(policy.eventDays(), now),
        end(policy.propertyDays(), now),
        end(policy.personalPropertyDays(), now),
        end(policy.traitDays(), now),
        end(policy.personalTraitDays(), now),
        end(policy.profileDays(), now),
        end(policy.historyDays(), now),
        end(policy.quarantineDays(), now),
        end(policy.alertDays(), now),
        personalNames,
        now);
  }

  /** Before which something is too old that is kept for some days. */
  static Instant end(int days, Instant now) {
    return days == 0
        ? Instant.EPOCH
        : now.truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS);
  }

  /** Whether it depends on who was seen lately. */
  boolean endsWithPeople() {
    return isSet(traits) || isSet(personalTraits) || isSet(profiles);
  }

  /** Whether an end was chosen. */
  public static boolean isSet(Instant end) {
    return end.isAfter(Instant.EPOCH);
  }
}
