package io.tenure.profile.store;

import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.MappingKey;
import io.tenure.profile.domain.identity.MappingKey.Overflow;
import io.tenure.profile.domain.identity.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plan ID_MAPPING as two maps: who has an id, and which ids a user has in which order. */
final class MappingModel implements HistoryModel {

  private static final int MOST_NOTES = 8;

  private List<MappingKey> keys;
  private long last;
  private final Map<KeyedId, Long> owners = new HashMap<>();
  private final Map<Long, List<KeyedId>> held = new TreeMap<>();
  private final Set<Note> notes = new HashSet<>();
  private final Map<String, Long> resolved = new HashMap<>();

  MappingModel(IdentityPlan plan) {
    this.keys = plan.keys();
  }

  /**
   * What must be said of an id that stayed as it was.
   *
   * @param owner 0 for nobody
   * @param user whom the record was about
   */
  record Note(KeyedId id, Rule rule, long owner, long user) {}

  @Override
  public MappingModel copy() {
    MappingModel copy = new MappingModel(new IdentityPlan(IdentityPlan.Kind.ID_MAPPING, keys));
    copy.last = last;
    copy.owners.putAll(owners);
    held.forEach((user, ids) -> copy.held.put(user, new ArrayList<>(ids)));
    copy.notes.addAll(notes);
    copy.resolved.putAll(resolved);
    return copy;
  }

  @Override
  public void change(IdentityPlan plan) {
    keys = plan.keys();
  }

  @Override
  public long resolve(String log, long offset, Identifiers record) {
    @Nullable Long before = resolved.get(log + offset);
    if (before != null) {
      return before;
    }
    long user = resolve(record);
    resolved.put(log + offset, user);
    return user;
  }

  Map<KeyedId, Long> owners() {
    return owners;
  }

  Map<Long, List<KeyedId>> held() {
    return held;
  }

  Set<Note> notes() {
    return notes;
  }

  private long resolve(Identifiers record) {
    List<KeyedId> ids = byPriority(record);
    KeyedId lead = ids.getFirst();
    if (record.link() == Link.UNBIND) {
      if (!owners.containsKey(lead)) {
        join(lead, newUser());
      }
      return leave(lead, List.of());
    }
    long user = owners.containsKey(lead) ? owners.get(lead) : userOfUnknown(lead, ids);
    for (KeyedId id : ids) {
      settle(id, user, ids);
    }
    return user;
  }

  private long userOfUnknown(KeyedId lead, List<KeyedId> ids) {
    for (KeyedId id : ids) {
      if (owners.containsKey(id)) {
        long user = owners.get(id);
        if (hasRoom(lead, user, ids)) {
          join(lead, user);
          return user;
        }
        break;
      }
    }
    join(lead, newUser());
    return Objects.requireNonNull(owners.get(lead));
  }

  private void settle(KeyedId id, long user, List<KeyedId> ids) {
    @Nullable Long owner = owners.get(id);
    if (owner == null) {
      if (hasRoom(id, user, ids)) {
        join(id, user);
      } else {
        note(new Note(id, Rule.REFUSED, 0, user));
      }
    } else if (owner != user) {
      String parent = key(id).parent();
      boolean follows =
          ids.stream()
              .anyMatch(
                  other -> other.key().equals(parent) && owners.getOrDefault(other, 0L) == user);
      if (follows && hasRoom(id, user, ids)) {
        leave(id, ids);
        join(id, user);
      } else {
        note(new Note(id, Rule.CONFLICT, owner, user));
      }
    }
  }

  /** After the oldest has left, if need be. */
  private boolean hasRoom(KeyedId id, long user, List<KeyedId> record) {
    List<KeyedId> same =
        held.getOrDefault(user, List.of()).stream()
            .filter(one -> one.key().equals(id.key()))
            .toList();
    if (same.size() < key(id).cap()) {
      return true;
    }
    if (key(id).overflow() == Overflow.REFUSE) {
      return false;
    }
    for (KeyedId oldest : same) {
      if (!record.contains(oldest)) {
        leave(oldest, record);
        return true;
      }
    }
    return false;
  }

  private void join(KeyedId id, long user) {
    owners.put(id, user);
    held.computeIfAbsent(user, unknown -> new ArrayList<>()).add(id);
  }

  private long leave(KeyedId id, List<KeyedId> spared) {
    long user = Objects.requireNonNull(owners.remove(id));
    List<KeyedId> left = Objects.requireNonNull(held.get(user));
    left.remove(id);
    if (left.stream().noneMatch(one -> one.key().equals(id.key()))) {
      for (KeyedId one : List.copyOf(left)) {
        if (left.contains(one) && key(one).parent().equals(id.key()) && !spared.contains(one)) {
          leave(one, spared);
        }
      }
    }
    return user;
  }

  private long newUser() {
    return ++last;
  }

  private void note(Note note) {
    boolean said =
        notes.stream()
            .anyMatch(
                one ->
                    one.id().equals(note.id())
                        && one.owner() == note.owner()
                        && one.user() == note.user());
    if (!said && notes.stream().filter(one -> one.id().equals(note.id())).count() < MOST_NOTES) {
      notes.add(note);
    }
  }

  private List<KeyedId> byPriority(Identifiers record) {
    List<KeyedId> ids = new ArrayList<>(record.keyed());
    if (ids.isEmpty() && !record.loginId().isEmpty()) {
      ids.add(new KeyedId(KeyedId.LOGIN, record.loginId()));
    }
    if (record.keyed().isEmpty() && !record.anonymousId().isEmpty()) {
      ids.add(new KeyedId(KeyedId.ANONYMOUS, record.anonymousId()));
    }
    ids.sort(Comparator.comparingInt(id -> keys.indexOf(key(id))));
    return ids;
  }

  private MappingKey key(KeyedId id) {
    return keys.stream().filter(key -> key.name().equals(id.key())).findFirst().orElseThrow();
  }
}
