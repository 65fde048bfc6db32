package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All numbers under which one person's data may lie: whoever exports or erases a person asks here
 * first. Events, computed values and the hidden profiles of merged users keep their own numbers.
 */
public final class MergedUsers {

  private final ProfileDirectory directory;

  /** Reads the profiles, which know who was merged into whom. */
  public MergedUsers(ProfileDirectory directory) {
    this.directory = directory;
  }

  /**
   * The numbers of the person a number stands for.
   *
   * @param number of any of the users
   * @return the survivor first, then all who were merged into it, also by way of others; the given
   *     number alone when nothing was merged
   */
  public List<Long> numbers(ProjectId project, long number) {
    Set<Long> found = new LinkedHashSet<>(List.of(survivor(project, number)));
    List<Long> waiting = List.copyOf(found);
    while (!waiting.isEmpty()) {
      List<Long> next = new ArrayList<>();
      directory
          .load(project, waiting)
          .values()
          .forEach(profile -> next.addAll(profile.merging().absorbed().keySet()));
      next.removeIf(known -> !found.add(known));
      waiting = next;
    }
    return List.copyOf(found);
  }

  /** Who a number stands for now. */
  public long survivor(ProjectId project, long number) {
    Set<Long> seen = new HashSet<>();
    long at = number;
    while (seen.add(at)) {
      Map<Long, Profile> loaded = directory.load(project, List.of(at));
      @Nullable Profile profile = loaded.get(at);
      if (profile == null || !profile.merging().isMerged()) {
        return at;
      }
      at = profile.merging().into();
    }
    return at;
  }
}
