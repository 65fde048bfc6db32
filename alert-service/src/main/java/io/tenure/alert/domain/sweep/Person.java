package io.tenure.alert.domain.sweep;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an alert tells about its user.
 *
 * @param loginId login id; empty while anonymous
 * @param lastSeen time of the latest event; null when there is none
 * @param traits traits by name, as text
 */
public record Person(String loginId, @Nullable Instant lastSeen, Map<String, String> traits) {

  /** Somebody of whom no profile is known. */
  public static final Person UNKNOWN = new Person("", null, Map.of());

  /** Keeps its own copy. */
  public Person {
    traits = Map.copyOf(traits);
  }
}
