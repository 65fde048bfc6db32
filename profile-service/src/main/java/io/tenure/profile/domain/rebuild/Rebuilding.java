package io.tenure.profile.domain.rebuild;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.HotProfiles.Replacement;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts profiles back into a hot store that started anew. Without it a profile comes back when a
 * record next touches it, and until then each question about it goes to the durable store. It may
 * run beside everything else, in several processes, and end at any point: a profile is written only
 * while the hot store still holds what was read.
 */
public final class Rebuilding {

  private final Identities identities;
  private final HotProfiles hot;
  private final DurableProfiles durable;
  private final Progress progress;
  private final int slice;

  /**
   * Rebuilding between the given stores.
   *
   * @param slice user numbers at a time
   */
  public Rebuilding(
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable,
      Progress progress,
      int slice) {
    this.identities = identities;
    this.hot = hot;
    this.durable = durable;
    this.progress = progress;
    this.slice = slice;
  }

  /** Goes on with every project that is not complete; returns how many profiles were written. */
  public long run() {
    return progress.projects().stream().mapToLong(this::run).sum();
  }

  private long run(ProjectId project) {
    String epoch = identities.find(project, List.of()).epoch();
    long after = progress.reached(project, epoch);
    if (after == Progress.COMPLETE) {
      return 0;
    }
    long highest = progress.highest(project);
    long written = 0;
    while (after < highest) {
      long upTo = Math.min(highest, after + slice);
      written += put(project, epoch, after, upTo);
      progress.reach(project, epoch, upTo);
      after = upTo;
    }
    // Users that came meanwhile were put there by the records that made them.
    progress.reach(project, epoch, Progress.COMPLETE);
    return written;
  }

  private long put(ProjectId project, String epoch, long after, long upTo) {
    List<Long> numbers = LongStream.rangeClosed(after + 1, upTo).boxed().toList();
    Set<UserKey> users = new LinkedHashSet<>();
    numbers.forEach(number -> users.add(new UserKey(project, number)));
    Map<UserKey, Held> held = hot.load(users);
    List<Long> doubtful =
        numbers.stream()
            .filter(
                number -> {
                  @Nullable Held known = held.get(new UserKey(project, number));
                  return known == null || !known.epoch().equals(epoch);
                })
            .toList();
    if (doubtful.isEmpty()) {
      return 0;
    }
    List<Replacement> replacements = new ArrayList<>();
    for (Profile kept : durable.find(project, doubtful).values()) {
      @Nullable Held known = held.get(kept.user());
      Profile latest =
          known == null || known.profile().revision() <= kept.revision() ? kept : known.profile();
      replacements.add(new Replacement(known, latest, epoch));
    }
    return replacements.size() - hot.save(replacements).size();
  }

  /** Which users there are, and how far the hot store is filled. */
  public interface Progress {

    /** Everybody is there. */
    long COMPLETE = Long.MAX_VALUE;

    /** Projects with profiles. */
    List<ProjectId> projects();

    /** The highest user number with a durable profile. */
    long highest(ProjectId project);

    /**
     * The user number up to which the hot store is filled.
     *
     * @param epoch life of the hot store; nothing is filled in a new one
     */
    long reached(ProjectId project, String epoch);

    /** Remembers how far it is filled. */
    void reach(ProjectId project, String epoch, long number);
  }
}
