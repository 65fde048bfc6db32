package io.tenure.profile.domain.retention;

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
 * Durable profiles that remember the highest number given when its profile was removed: their
 * events may still be there, and must never become somebody else's.
 */
public final class NumberedProfiles implements DurableProfiles {

  private final DurableProfiles profiles;
  private final RetentionMarks marks;

  /** Profiles with the numbers of marks. */
  public NumberedProfiles(DurableProfiles profiles, RetentionMarks marks) {
    this.profiles = profiles;
    this.marks = marks;
  }

  @Override
  public Map<UserKey, Profile> find(ProjectId project, Collection<Long> userNumbers) {
    return profiles.find(project, userNumbers);
  }

  @Override
  public void save(String origin, List<Profile> saved) {
    profiles.save(origin, saved);
  }

  @Override
  public Map<String, Long> watermarks(ProjectId project) {
    return profiles.watermarks(project);
  }

  @Override
  public void bindings(ProjectId project, Instant since, Consumer<Binding> consumer) {
    long highest = marks.highestNumber(project);
    if (UserKey.isValid(highest)) {
      consumer.accept(new Binding(highest, "", List.of(), List.of(), List.of()));
    }
    profiles.bindings(project, since, consumer);
  }
}
