package io.tenure.alert.domain.sweep;

import io.tenure.alert.domain.Condition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/** Says why a user was warned about: the condition in words, and what is known of the user. */
final class Explanation {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Explanation() {}

  static String of(Condition condition, Person person, Instant asOf) {
    StringBuilder text = new StringBuilder("The user ").append(condition.words()).append('.');
    Instant lastSeen = person.lastSeen();
    if (lastSeen != null && lastSeen.isBefore(asOf)) {
      text.append(" Last seen ").append(TIME.format(lastSeen)).append('.');
    }
    condition.traits().stream()
        .sorted()
        .filter(person.traits()::containsKey)
        .forEach(
            trait ->
                text.append(" Trait ")
                    .append(trait)
                    .append(": ")
                    .append(Objects.requireNonNull(person.traits().get(trait)))
                    .append('.'));
    return text.toString();
  }
}
