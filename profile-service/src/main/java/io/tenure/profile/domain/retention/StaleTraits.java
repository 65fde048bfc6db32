package io.tenure.profile.domain.retention;

import io.tenure.profile.domain.Rewriting;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.retention.ExpiringUsers.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Removes traits of people no record came of; those that are computed would only come back. */
public final class StaleTraits {

  private final StaleUsers users;
  private final Rewriting rewriting;

  /** Removes traits of the given users. */
  public StaleTraits(StaleUsers users, Rewriting rewriting) {
    this.users = users;
    this.rewriting = rewriting;
  }

  /** Removes what is too old of a project. */
  void remove(String runId, Expiry expiry, Set<String> computed) {
    if (Expiry.isSet(expiry.traits())) {
      unset(runId, expiry, Part.ALL_TRAITS, computed, name -> true);
    }
    if (Expiry.isSet(expiry.personalTraits())) {
      unset(runId, expiry, Part.PERSONAL_TRAITS, computed, expiry.personalNames()::contains);
    }
  }

  private void unset(
      String runId, Expiry expiry, Part part, Set<String> computed, Predicate<String> meant) {
    Predicate<String> expired = name -> meant.test(name) && !computed.contains(name);
    users.each(runId, expiry, part, computed, numbers -> unset(runId, expiry, numbers, expired));
  }

  private void unset(String runId, Expiry expiry, List<Long> numbers, Predicate<String> expired) {
    rewriting.change(
        expiry.project(),
        numbers,
        "retention:" + runId,
        profile -> {
          Map<String, TraitValue> traits = new LinkedHashMap<>(profile.traits());
          traits.keySet().removeIf(expired);
          Map<String, String> moved = new LinkedHashMap<>(profile.activity().numbers());
          moved.keySet().removeIf(expired);
          return profile.with(traits, moved);
        });
  }
}
