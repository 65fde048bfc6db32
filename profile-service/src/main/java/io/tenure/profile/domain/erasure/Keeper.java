package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Release;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps something about people and can forget it: a store of ours, or another service. */
public interface Keeper {

  /**
   * Erases people, all of them together; again is harmless.
   *
   * @param countOnly changes nothing, only counts
   */
  Answer erase(ProjectId project, List<Subject> subjects, boolean countOnly);

  /**
   * A person.
   *
   * @param numbers all of the person's
   * @param ids all of the person's, as records carry them
   * @param named the same with the name space of each, as the identities know them
   * @param releases ids that had left the person, as profiles keep them
   */
  record Subject(
      String erasureId,
      List<Long> numbers,
      Set<String> ids,
      Set<String> named,
      Set<String> releases,
      Instant time) {

    /** A person as their profiles know them. */
    public static Subject of(
        String erasureId, List<Long> numbers, Collection<Profile> profiles, Instant time) {
      Set<String> ids = new LinkedHashSet<>();
      Set<String> named = new LinkedHashSet<>();
      Set<String> releases = new LinkedHashSet<>();
      for (Profile profile : profiles) {
        ids.addAll(profile.ids());
        if (!profile.loginId().isEmpty()) {
          named.add("l:" + profile.loginId());
        }
        profile.merging().otherLoginIds().forEach(login -> named.add("l:" + login));
        profile.anonymousIds().forEach(device -> named.add("d:" + device));
        profile.identities().forEach(id -> named.add("i:" + id.text()));
        profile.releases().stream().map(Release::text).forEach(releases::add);
      }
      return new Subject(erasureId, numbers, ids, named, releases, time);
    }
  }

  /**
   * What became of it.
   *
   * @param waitingReason why it can't be done yet; empty when it was done
   * @param counts by erasure, then by store
   * @param remarks for the receipt
   */
  record Answer(
      String waitingReason, Map<String, Map<String, Long>> counts, List<String> remarks) {}
}
