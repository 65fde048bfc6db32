package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every profile, kept for good and read by the other services. */
public interface DurableProfiles {

  /** Reads the latest revisions; users it does not know are left out. */
  Map<UserKey, Profile> find(ProjectId project, Collection<Long> userNumbers);

  /**
   * Writes revisions, all or none. Repeating a call is harmless, and so is writing an older
   * revision after a newer one.
   *
   * @param origin what the revisions come from, for example a log and its offsets; the same origin
   *     with the same revisions is stored once
   */
  void save(String origin, List<Profile> profiles);

  /** How far each log is applied to any profile of a project: the highest offset, by log id. */
  Map<String, Long> watermarks(ProjectId project);

  /** Hands over who has which ids, for users changed since a time. */
  void bindings(ProjectId project, Instant since, Consumer<Binding> consumer);

  /**
   * The ids of a user.
   *
   * @param loginId empty for none
   * @param anonymousIds device ids
   * @param identities by the plan ID_MAPPING every id; login id and device ids only show some then
   * @param releases ids that were taken from the user
   */
  record Binding(
      long userNumber,
      String loginId,
      List<String> anonymousIds,
      List<KeyedId> identities,
      Collection<Release> releases) {}
}
