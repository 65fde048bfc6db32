package io.tenure.profile.store;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A store that reads and does not write, as after a crash in between. */
public record UnwritableProfiles(DurableProfiles store) implements DurableProfiles {

  @Override
  public Map<UserKey, Profile> find(ProjectId project, Collection<Long> userNumbers) {
    return store.find(project, userNumbers);
  }

  @Override
  public void save(String origin, List<Profile> profiles) {
    throw Failure.of(Reason.UNAVAILABLE, "The event store does not answer");
  }

  @Override
  public Map<String, Long> watermarks(ProjectId project) {
    return store.watermarks(project);
  }

  @Override
  public void bindings(ProjectId project, Instant since, Consumer<Binding> consumer) {
    store.bindings(project, since, consumer);
  }
}
