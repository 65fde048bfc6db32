package io.tenure.profile.store.seal;

import io.tenure.platform.seal.ValueCipher;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.seal.SealedNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Seals and opens the traits of users, a batch at a time. */
public final class TraitSeal {

  private final SubjectKeys keys;
  private final SealedNames names;

  /** A seal with the given keys, for the given names. */
  public TraitSeal(SubjectKeys keys, SealedNames names) {
    this.keys = keys;
    this.names = names;
  }

  /**
   * Texts as the domain knows them.
   *
   * @param stale whether they would be written otherwise today: the class or the cipher changed
   */
  record Opened(Texts texts, boolean stale) {}

  /** As many as are given, in their order. */
  List<Opened> open(List<Texts> stored) {
    Set<UserKey> sealed = new HashSet<>();
    for (Texts one : stored) {
      if (one.isSealed()) {
        sealed.add(one.user());
      }
    }
    Map<UserKey, Keyring> rings = sealed.isEmpty() ? Map.of() : keys.find(sealed);
    return stored.stream().map(one -> open(one, sealed.contains(one.user()), rings)).toList();
  }

  private Opened open(Texts stored, boolean sealed, Map<UserKey, Keyring> rings) {
    Set<String> sealing = names.of(stored.user().project());
    if (!sealed && !stored.names(sealing)) {
      return new Opened(stored, false);
    }
    ValueCipher cipher = keys.masters().cipher();
    boolean stale = stored.any((name, text) -> isStale(sealing.contains(name), text, cipher));
    Keyring ring = rings.get(stored.user());
    Texts opened =
        ring == null
            ? stored
            : stored.change(
                name -> true,
                (place, text) -> Keyring.isSealed(text) ? ring.open(place, text) : text);
    return new Opened(opened.withoutMoves(Keyring::isSealed), stale);
  }

  private static boolean isStale(boolean due, String text, ValueCipher cipher) {
    boolean sealed = Keyring.isSealed(text);
    return sealed != due || sealed && Keyring.isByAnotherCipher(text, cipher);
  }

  /** Sealed where that is due, in the order given; users get keys as needed. */
  List<Texts> seal(List<Texts> open) {
    Set<UserKey> users = new HashSet<>();
    for (Texts one : open) {
      if (one.names(names.of(one.user().project()))) {
        users.add(one.user());
      }
    }
    if (users.isEmpty()) {
      return open;
    }
    Map<UserKey, Keyring> rings = keys.findOrCreate(users);
    List<Texts> sealed = new ArrayList<>(open.size());
    for (Texts one : open) {
      Keyring ring = rings.get(one.user());
      Set<String> sealing = names.of(one.user().project());
      ValueCipher cipher = keys.masters().cipher();
      sealed.add(
          ring == null
              ? one
              : one.change(sealing::contains, (place, text) -> ring.seal(cipher, place, text)));
    }
    return sealed;
  }

  List<Profile> sealProfiles(List<Profile> profiles) {
    List<Texts> sealed = seal(profiles.stream().map(Texts::of).toList());
    List<Profile> result = new ArrayList<>(profiles.size());
    for (int i = 0; i < profiles.size(); i++) {
      result.add(sealed.get(i).in(profiles.get(i)));
    }
    return result;
  }
}
