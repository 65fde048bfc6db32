package io.tenure.profile.domain.watch;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Durable profiles that announce every change once it is durable. When the announcement fails, so
 * does the save; whoever saves repeats it then, so no change stays untold.
 */
public final class AnnouncedProfiles implements DurableProfiles {

  private final DurableProfiles profiles;
  private final ChangeLog changes;

  /** Announces what is saved to the profiles. */
  public AnnouncedProfiles(DurableProfiles profiles, ChangeLog changes) {
    this.profiles = profiles;
    this.changes = changes;
  }

  @Override
  public Map<UserKey, Profile> find(ProjectId project, Collection<Long> userNumbers) {
    return profiles.find(project, userNumbers);
  }

  @Override
  public void save(String origin, List<Profile> saved) {
    profiles.save(origin, saved);
    changes.append(saved.stream().map(Profile::user).toList());
  }

  @Override
  public Map<String, Long> watermarks(ProjectId project) {
    return profiles.watermarks(project);
  }

  @Override
  public void bindings(ProjectId project, Instant since, Consumer<Binding> consumer) {
    profiles.bindings(project, since, consumer);
  }
}
