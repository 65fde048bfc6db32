package io.tenure.profile.domain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A profile's ids by the plan ID_MAPPING while the records of one batch are applied to it. */
final class MappedIds {

  private final long user;
  private final Set<Release> releases;
  private final Set<KeyedId> ids;
  private boolean changed;

  /**
   * The ids of a profile.
   *
   * @param releases the draft's own, which grow here too
   */
  MappedIds(Profile before, Set<Release> releases) {
    this.user = before.user().number();
    this.releases = releases;
    this.ids = new LinkedHashSet<>(before.identities());
  }

  /** What a record, perhaps another user's, does to this user's ids. */
  void apply(Mapping mapping) {
    for (Mapping.Loss loss : mapping.losses()) {
      if (loss.from() == user) {
        lose(loss);
      }
    }
    for (Mapping.Ruling ruling : mapping.rulings()) {
      if (ruling.gives() && ruling.owner() == user) {
        changed |= ids.add(ruling.id());
      }
    }
  }

  boolean changed() {
    return changed;
  }

  List<KeyedId> ids() {
    return List.copyOf(ids);
  }

  /** The login id to show; the given one when the project has another plan. */
  String loginId(String other) {
    return changed ? values(KeyedId.LOGIN).stream().findFirst().orElse("") : other;
  }

  /** The device ids to show; the given ones when the project has another plan. */
  List<String> anonymousIds(List<String> others) {
    return changed ? values(KeyedId.ANONYMOUS) : others;
  }

  private List<String> values(String key) {
    return ids.stream().filter(id -> id.key().equals(key)).map(KeyedId::value).toList();
  }

  /** Once: the user may have got the id back since. */
  private void lose(Mapping.Loss loss) {
    List<Release> taken = Release.of(loss);
    if (!releases.contains(taken.getFirst())) {
      releases.addAll(taken);
      ids.remove(loss.id());
      changed = true;
    }
  }
}
