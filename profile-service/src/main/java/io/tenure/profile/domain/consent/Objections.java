package io.tenure.profile.domain.consent;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlans;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whose records the collectors must not take: the ids of everybody who says no to analytics, as
 * hashes, so that the collectors keep no list of people. Collectors ask what changed since they
 * last asked.
 */
public final class Objections {

  private static final int CHUNK = 10_000;
  private static final int MOST_CHANGES = 100_000;

  /** A user's ids change without a decision of theirs. */
  private static final Duration IDS_READ_AGAIN = Duration.ofMinutes(1);

  private record Change(long number, long id, boolean added) {}

  /**
   * What a collector has to know about a project.
   *
   * @param byDevice whether users are told apart by their devices only
   * @param byKeys whether further ids of a record may say whose it is
   * @param categories that stand for analytics, in lower case
   */
  public record Project(
      ProjectId project, boolean byDevice, boolean byKeys, Set<String> categories) {}

  /**
   * What changed.
   *
   * @param reset whether what was known before is to be forgotten
   * @param token what to ask with next time
   */
  public record Answer(
      boolean reset, List<Long> added, List<Long> removed, String token, List<Project> projects) {}

  private final ConsentBoard board;
  private final DurableProfiles profiles;
  private final IdentityPlans plans;
  private final Clock clock;
  private final String epoch = UUID.randomUUID().toString();
  private final Set<Long> current = new HashSet<>();
  private final Deque<Change> changes = new ArrayDeque<>();
  private final Map<ProjectId, Long> seen = new HashMap<>();
  private List<Project> projects = List.of();
  private Instant read = Instant.EPOCH;
  private long number;

  /** Objections on a board. */
  public Objections(
      ConsentBoard board, DurableProfiles profiles, IdentityPlans plans, Clock clock) {
    this.board = board;
    this.profiles = profiles;
    this.plans = plans;
    this.clock = clock;
  }

  /** What changed since a token; all for another token than one of this process. */
  public synchronized Answer since(String token) {
    // An empty answer before anything was read would end every objection at the door.
    board.readAll();
    refresh();
    String next = epoch + ":" + number;
    long known = known(token);
    long oldest = changes.isEmpty() ? number : changes.getFirst().number() - 1;
    if (known < oldest || known > number) {
      return new Answer(true, List.copyOf(current), List.of(), next, projects);
    }
    Map<Long, Boolean> net = new HashMap<>();
    changes.stream()
        .filter(change -> change.number() > known)
        .forEach(change -> net.put(change.id(), change.added()));
    Map<Boolean, List<Long>> sides =
        net.entrySet().stream()
            .collect(
                Collectors.partitioningBy(
                    Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    return new Answer(
        false,
        sides.getOrDefault(true, List.of()),
        sides.getOrDefault(false, List.of()),
        next,
        projects);
  }

  private long known(String token) {
    return token.startsWith(epoch + ":") ? Long.parseLong(token.substring(epoch.length() + 1)) : -1;
  }

  private void refresh() {
    Instant now = clock.instant();
    Map<ProjectId, Long> versions = new HashMap<>();
    board.projects().forEach(project -> versions.put(project, board.of(project).changes()));
    boolean idsAreOld = now.isAfter(read.plus(IDS_READ_AGAIN));
    if (versions.equals(seen) && !idsAreOld) {
      return;
    }
    Set<Long> found = new HashSet<>();
    List<Project> told = new ArrayList<>();
    for (ProjectId project : versions.keySet()) {
      List<PersonKey> people = board.of(project).withdrawn(Purpose.ANALYTICS, Moment.at(now));
      ids(project, people, found);
      told.add(project(project));
    }
    found.stream().filter(id -> !current.contains(id)).forEach(id -> note(id, true));
    current.stream().filter(id -> !found.contains(id)).forEach(id -> note(id, false));
    current.clear();
    current.addAll(found);
    projects = List.copyOf(told);
    seen.clear();
    seen.putAll(versions);
    read = now;
  }

  private Project project(ProjectId project) {
    IdentityPlan.Kind kind = plans.get(project).plan().kind();
    return new Project(
        project,
        kind == IdentityPlan.Kind.DEVICE_ONLY,
        kind == IdentityPlan.Kind.ID_MAPPING,
        board.of(project).policy().categories().entrySet().stream()
            .filter(entry -> entry.getValue() == Purpose.ANALYTICS)
            .map(entry -> entry.getKey().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private void note(long id, boolean added) {
    changes.addLast(new Change(++number, id, added));
    if (changes.size() > MOST_CHANGES) {
      changes.removeFirst();
    }
  }

  private void ids(ProjectId project, List<PersonKey> people, Set<Long> found) {
    people.stream()
        .filter(person -> !person.isNumber())
        .forEach(person -> found.add(hash(project, person)));
    List<Long> numbers =
        people.stream().filter(PersonKey::isNumber).map(PersonKey::number).toList();
    for (int start = 0; start < numbers.size(); start += CHUNK) {
      List<Long> chunk = numbers.subList(start, Math.min(start + CHUNK, numbers.size()));
      for (Profile profile : profiles.find(project, chunk).values()) {
        if (!profile.loginId().isEmpty()) {
          found.add(hash(project, PersonKey.of(IdKind.LOGIN, profile.loginId())));
        }
        profile
            .anonymousIds()
            .forEach(id -> found.add(hash(project, PersonKey.of(IdKind.DEVICE, id))));
      }
    }
  }

  /** As the contract says: the first eight bytes of a SHA-256. */
  static long hash(ProjectId project, PersonKey id) {
    String kind = id.text().substring(0, 1);
    String text = project.value() + "\n" + kind + "\n" + id.text().substring(2);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}
