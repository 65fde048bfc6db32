package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.retention.ExpiringUsers.Part;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes what the service itself keeps: traits and profiles of people no record came of, first in
 * the hot store, then in the durable one, and the past.
 */
public final class ProfileExpirer implements Expirer {

  private final ExpiringUsers users;
  private final ProfileTables tables;
  private final StaleProfiles profiles;
  private final StaleTraits traits;

  /** An expirer over the given stores. */
  public ProfileExpirer(
      ExpiringUsers users, ProfileTables tables, StaleProfiles profiles, StaleTraits traits) {
    this.users = users;
    this.tables = tables;
    this.profiles = profiles;
    this.traits = traits;
  }

  @Override
  public Answer expire(String runId, List<Expiry> expiries, boolean countOnly) {
    Map<ProjectId, Map<String, Long>> counts = new HashMap<>(tables.count(expiries));
    for (Expiry expiry : expiries) {
      Map<String, Long> own = new HashMap<>(counts.getOrDefault(expiry.project(), Map.of()));
      Set<String> computed = users.computed(expiry);
      own.put("clickhouse.profiles", count(expiry, expiry.profiles(), Part.PROFILE, computed));
      own.put("users_losing_all_traits", count(expiry, expiry.traits(), Part.ALL_TRAITS, computed));
      own.put(
          "users_losing_personal_traits",
          count(expiry, expiry.personalTraits(), Part.PERSONAL_TRAITS, computed));
      counts.put(expiry.project(), own);
    }
    String waiting = countOnly ? "" : tables.waitingReason();
    if (!countOnly && waiting.isEmpty()) {
      expiries.forEach(expiry -> expire(runId, expiry));
      tables.expire(runId, expiries);
      expiries.forEach(expiry -> profiles.removeAgain(runId, expiry));
    }
    return new Answer(waiting, counts);
  }

  private long count(Expiry expiry, Instant end, Part part, Set<String> computed) {
    return Expiry.isSet(end) ? users.count(expiry, part, computed) : 0;
  }

  private void expire(String runId, Expiry expiry) {
    Set<String> computed = users.computed(expiry);
    profiles.remove(runId, expiry, computed);
    traits.remove(runId, expiry, computed);
  }
}
