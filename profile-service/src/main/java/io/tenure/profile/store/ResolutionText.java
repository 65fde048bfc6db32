package io.tenure.profile.store;

import io.tenure.profile.domain.Resolution;
import io.tenure.profile.domain.Resolution.Place;
import io.tenure.profile.domain.Resolution.Taking;
import io.tenure.profile.domain.identity.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer of {@code identity-resolve.lua} about one record, which describes the form. */
final class ResolutionText {

  private static final int OWNS_DEVICE = 1;
  private static final int OWNS_LOGIN = 2;

  private ResolutionText() {}

  static Resolution parse(String text) {
    String[] parts = text.split(" ", 6);
    int owns = Integer.parseInt(parts[2]);
    return new Resolution(
        Long.parseLong(parts[0]),
        parts[1].equals("1"),
        (owns & OWNS_LOGIN) != 0,
        (owns & OWNS_DEVICE) != 0,
        rule(parts[3].charAt(0)),
        rule(parts[3].charAt(1)),
        parts.length == 6 ? taking(Long.parseLong(parts[4]), parts[5]) : null);
  }

  private static Taking taking(long from, String places) {
    return new Taking(from, places.lines().map(ResolutionText::place).toList());
  }

  private static Place place(String line) {
    List<String> parts = List.of(line.split(" ", 2));
    return new Place(parts.getLast(), Long.parseLong(parts.getFirst()));
  }

  private static @Nullable Rule rule(char letter) {
    return switch (letter) {
      case '-' -> null;
      case 'N' -> Rule.NEW_USER;
      case 'B' -> Rule.NEW_USER_WITH_BOTH;
      case 'D' -> Rule.NEW_USER_DEVICE_TAKEN;
      case 'H' -> Rule.GOT_USER_OF_DEVICE;
      case 'L' -> Rule.GOT_USER_OF_LOGIN;
      case 'M' -> Rule.MOVED_TO_LOGIN;
      default -> throw new IllegalArgumentException("The script knows a rule that we do not");
    };
  }
}
