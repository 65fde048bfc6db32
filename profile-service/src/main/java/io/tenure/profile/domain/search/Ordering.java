package io.tenure.profile.domain.search;

import java.util.Set;

/**
 * The order of a search's answer; users that are equal in it come by number, in the same direction.
 *
 * @param descending the highest first
 */
public record Ordering(Key key, boolean descending) {

  /** By ascending number. */
  public static final Ordering BY_NUMBER = new Ordering(new Key.Fact(Field.USER_NUMBER), false);

  /** The traits it names. */
  public Set<String> traits() {
    return switch (key) {
      case Key.Fact fact -> Set.of();
      case Key.Trait(String name) -> Set.of(name);
    };
  }

  /** What users are ordered by. */
  public sealed interface Key {
    /** Something every profile has. */
    record Fact(Field field) implements Key {}

    /** A trait: first who lacks it, then numbers, then everything else as text. */
    record Trait(String name) implements Key {}
  }

  /** What every profile has. */
  public enum Field {
    /** The user's number. */
    USER_NUMBER,
    /** Login id, empty first. */
    LOGIN_ID,
    /** Time of the first event; who has none comes first. */
    FIRST_SEEN_TIME,
    /** Time of the latest event; who has none comes first. */
    LAST_SEEN_TIME,
    /** Events applied. */
    EVENT_COUNT,
    /** When the profile last changed. */
    UPDATE_TIME
  }
}
