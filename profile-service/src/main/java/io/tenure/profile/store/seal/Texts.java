package io.tenure.profile.store.seal;

import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What may be sealed of one user: values of traits, and how numbers among them moved. Both have the
 * name of their trait.
 */
record Texts(UserKey user, Map<String, TraitValue> traits, Map<String, String> numbers) {

  /** How numbers moved is sealed at a place of its own. */
  private static final String MOVES = "moves of ";

  static Texts of(Profile profile) {
    return new Texts(profile.user(), profile.traits(), profile.activity().numbers());
  }

  static Texts of(UserKey user, Map<String, TraitValue> traits) {
    return new Texts(user, traits, Map.of());
  }

  static Texts of(UserKey user, String trait, TraitValue value) {
    return of(user, Map.of(trait, value));
  }

  /** These texts in a profile. */
  Profile in(Profile profile) {
    return traits == profile.traits() && numbers == profile.activity().numbers()
        ? profile
        : profile.with(traits, numbers);
  }

  /** Whether one of the traits with a text has one of the names. */
  boolean names(Set<String> names) {
    return !names.isEmpty()
        && (!Collections.disjoint(traits.keySet(), names)
            || !Collections.disjoint(numbers.keySet(), names));
  }

  /** Whether one of the texts is sealed. */
  boolean isSealed() {
    for (TraitValue value : traits.values()) {
      if (Keyring.isSealed(value.json())) {
        return true;
      }
    }
    for (String text : numbers.values()) {
      if (Keyring.isSealed(text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the texts is as asked, by the name of its trait. */
  boolean any(BiPredicate<String, String> asked) {
    return traits.entrySet().stream().anyMatch(e -> asked.test(e.getKey(), e.getValue().json()))
        || numbers.entrySet().stream().anyMatch(e -> asked.test(e.getKey(), e.getValue()));
  }

  /** Without some histories of numbers; nobody could go on with them. */
  Texts withoutMoves(Predicate<String> unreadable) {
    if (numbers.values().stream().noneMatch(unreadable)) {
      return this;
    }
    Map<String, String> readable = new LinkedHashMap<>(numbers);
    readable.values().removeIf(unreadable);
    return new Texts(user, traits, readable);
  }

  /**
   * Other texts.
   *
   * @param selected which are changed, by the name of their trait
   * @param change gives the new text from where it lies and the old one
   */
  Texts change(Predicate<String> selected, BiFunction<String, String, String> change) {
    Map<String, TraitValue> changed = LinkedHashMap.newLinkedHashMap(traits.size());
    traits.forEach(
        (name, value) ->
            changed.put(
                name,
                selected.test(name) && !value.equals(TraitValue.NULL)
                    ? new TraitValue(change.apply(name, value.json()))
                    : value));
    Map<String, String> moved = LinkedHashMap.newLinkedHashMap(numbers.size());
    numbers.forEach(
        (name, text) ->
            moved.put(name, selected.test(name) ? change.apply(MOVES + name, text) : text));
    return new Texts(user, changed, moved);
  }
}
