package io.tenure.profile.store.seal;

import io.tenure.platform.seal.MasterKeys;
import io.tenure.platform.seal.SealingKey;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.seal.KeyWraps;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users' keys: in memory for a while, else in Redis, else in ClickHouse, where a key is durable
 * before anything is sealed with it. A batch asks each of them once at most.
 */
public final class SubjectKeys implements KeyWraps {

  private static final Logger LOG = LoggerFactory.getLogger(SubjectKeys.class);
  private static final int ID_BYTES = Keyring.ID_LENGTH * 3 / 4;

  private final MasterKeys masters;
  private final ClickHouseSubjectKeys durable;
  private final RedisSubjectKeys near;
  private final Clock clock;
  private final Settings settings;
  private final SecureRandom random = new SecureRandom();
  private final Map<UserKey, Known> known;

  /**
   * What is kept in memory.
   *
   * @param users whose keys at most
   * @param time how long; an erased user's key is nowhere after it
   */
  public record Settings(int users, Duration time) {}

  private record Known(Keyring keys, Instant until) {}

  /** Keys in the given stores under the given masters. */
  public SubjectKeys(
      MasterKeys masters,
      ClickHouseSubjectKeys durable,
      RedisSubjectKeys near,
      Clock clock,
      Settings settings) {
    this.masters = masters;
    this.durable = durable;
    this.near = near;
    this.clock = clock;
    this.settings = settings;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<UserKey, Known> eldest) {
            return size() > settings.users();
          }
        };
  }

  MasterKeys masters() {
    return masters;
  }

  /** The keys of users that have some. */
  Map<UserKey, Keyring> find(Set<UserKey> users) {
    Map<UserKey, Keyring> found = new HashMap<>();
    Set<UserKey> missing = remembered(users, found);
    if (missing.isEmpty() || masters.isEmpty()) {
      return found;
    }
    missing.removeAll(take(near.find(missing), found));
    if (!missing.isEmpty()) {
      List<StoredKey> stored = stored(missing);
      take(stored, found);
      near.keep(stored);
    }
    return found;
  }

  /** The keys of users; who has none gets one, all of them in one write. */
  Map<UserKey, Keyring> findOrCreate(Set<UserKey> users) {
    Map<UserKey, Keyring> found = find(users);
    List<StoredKey> fresh = new ArrayList<>();
    for (UserKey user : users) {
      if (!found.containsKey(user)) {
        fresh.add(create(user));
      }
    }
    if (!fresh.isEmpty()) {
      durable.add(fresh);
      near.keep(fresh);
      take(fresh, found);
    }
    return found;
  }

  /** Forgets what is in this process and near it. */
  public void forget(Collection<UserKey> users) {
    synchronized (known) {
      known.keySet().removeAll(users);
    }
  }

  @Override
  public String active() {
    return masters.active();
  }

  @Override
  public List<String> configured() {
    return List.copyOf(masters.names());
  }

  @Override
  public List<Count> counts() {
    return durable.counts();
  }

  @Override
  public Rewrapped rewrap(int limit) {
    Set<String> others = new HashSet<>(masters.names());
    others.remove(masters.active());
    List<StoredKey> old = durable.wrappedBy(others, limit);
    List<StoredKey> wrapped = new ArrayList<>();
    for (StoredKey key : old) {
      masters
          .open(key.wrapped(), key.place())
          .ifPresent(
              open ->
                  wrapped.add(
                      new StoredKey(
                          key.user(),
                          key.id(),
                          masters.wrap(open, key.place()),
                          key.version() + 1)));
    }
    if (!wrapped.isEmpty()) {
      durable.add(wrapped);
      near.keep(wrapped);
    }
    return new Rewrapped(wrapped.size(), old.size() - wrapped.size());
  }

  private Set<UserKey> remembered(Set<UserKey> users, Map<UserKey, Keyring> found) {
    Instant now = clock.instant();
    Set<UserKey> missing = new HashSet<>();
    synchronized (known) {
      for (UserKey user : users) {
        Known one = known.get(user);
        if (one == null || one.until().isBefore(now)) {
          missing.add(user);
        } else {
          found.put(user, one.keys());
        }
      }
    }
    return missing;
  }

  private List<StoredKey> stored(Set<UserKey> users) {
    Map<ProjectId, List<Long>> projects = new HashMap<>();
    for (UserKey user : users) {
      projects.computeIfAbsent(user.project(), project -> new ArrayList<>()).add(user.number());
    }
    List<StoredKey> stored = new ArrayList<>();
    projects.forEach((project, numbers) -> stored.addAll(durable.find(project, numbers)));
    return stored;
  }

  /** Opens keys; returns whose keys all opened. */
  private Set<UserKey> take(List<StoredKey> stored, Map<UserKey, Keyring> found) {
    Map<UserKey, TreeMap<String, SealingKey>> opened = new HashMap<>();
    Set<UserKey> closed = new HashSet<>();
    for (StoredKey key : stored) {
      masters
          .open(key.wrapped(), key.place())
          .ifPresentOrElse(
              open ->
                  opened.computeIfAbsent(key.user(), user -> new TreeMap<>()).put(key.id(), open),
              () -> closed.add(key.user()));
    }
    if (!closed.isEmpty()) {
      LOG.debug("Keys of {} users are sealed by a master key that is not here", closed.size());
    }
    Instant until = clock.instant().plus(settings.time());
    synchronized (known) {
      opened.forEach(
          (user, keys) -> {
            Keyring ring = new Keyring(user, keys);
            found.put(user, ring);
            if (!closed.contains(user)) {
              known.put(user, new Known(ring, until));
            }
          });
    }
    Set<UserKey> whole = new HashSet<>(opened.keySet());
    whole.removeAll(closed);
    return whole;
  }

  private StoredKey create(UserKey user) {
    byte[] name = new byte[ID_BYTES];
    random.nextBytes(name);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    StoredKey unsealed = new StoredKey(user, id, new MasterKeys.Wrapped("", ""), 1);
    return new StoredKey(user, id, masters.wrap(masters.fresh(), unsealed.place()), 1);
  }
}
