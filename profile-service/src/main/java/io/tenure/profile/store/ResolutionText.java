package io.tenure.profile.store;

import io.tenure.platform.json.Json;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Mapping;
import io.tenure.profile.domain.Resolution;
import io.tenure.profile.domain.Resolution.Place;
import io.tenure.profile.domain.Resolution.Taking;
import io.tenure.profile.domain.identity.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer of {@code identity-resolve.lua} about one record, which describes the form. */
final class ResolutionText {

  /** Marks an answer by the plan ID_MAPPING. */
  private static final String MAPPED = "=";

  private static final int OWNS_DEVICE = 1;
  private static final int OWNS_LOGIN = 2;

  private ResolutionText() {}

  static Resolution parse(String text) {
    String[] parts = text.split(" ", 6);
    if (parts[2].equals(MAPPED)) {
      return mapped(text);
    }
    int owns = Integer.parseInt(parts[2]);
    return new Resolution(
        Long.parseLong(parts[0]),
        parts[1].equals("1"),
        (owns & OWNS_LOGIN) != 0,
        (owns & OWNS_DEVICE) != 0,
        rule(parts[3].charAt(0)),
        rule(parts[3].charAt(1)),
        parts.length == 6 ? taking(Long.parseLong(parts[4]), parts[5]) : null,
        null);
  }

  private static Resolution mapped(String text) {
    String[] parts = text.split(" ", 4);
    return new Resolution(
        Long.parseLong(parts[0]),
        parts[1].equals("1"),
        false,
        false,
        null,
        null,
        null,
        parts.length == 4 ? mapping(Json.read(parts[3])) : Mapping.NOTHING);
  }

  private static Mapping mapping(JsonNode decided) {
    List<Mapping.Ruling> rulings = new ArrayList<>();
    for (JsonNode ruling : decided.path("ruled")) {
      rulings.add(
          new Mapping.Ruling(
              KeyedId.parse(text(ruling, 0)),
              keyedRule(text(ruling, 1)),
              Long.parseLong(text(ruling, 2)),
              Long.parseLong(text(ruling, 3))));
    }
    List<Mapping.Loss> losses = new ArrayList<>();
    for (JsonNode loss : decided.path("lost")) {
      losses.add(
          new Mapping.Loss(
              KeyedId.parse(text(loss, 0)),
              keyedRule(text(loss, 1)),
              Long.parseLong(text(loss, 2)),
              text(loss, 3).lines().map(ResolutionText::place).toList()));
    }
    return new Mapping(
        decided.path("lead").stringValue(), decided.path("second").stringValue(), rulings, losses);
  }

  private static String text(JsonNode parts, int index) {
    return parts.path(index).stringValue();
  }

  private static Taking taking(long from, String places) {
    return new Taking(from, places.lines().map(ResolutionText::place).toList());
  }

  private static Place place(String line) {
    List<String> parts = List.of(line.split(" ", 2));
    return new Place(parts.getLast(), Long.parseLong(parts.getFirst()));
  }

  private static Rule keyedRule(String letter) {
    return switch (letter) {
      case "N" -> Rule.NEW_USER;
      case "J" -> Rule.JOINED;
      case "P" -> Rule.FOLLOWED_PARENT;
      case "O" -> Rule.REPLACED;
      case "W" -> Rule.LEFT_WITH_PARENT;
      case "U" -> Rule.TAKEN_AWAY;
      case "R" -> Rule.REFUSED;
      case "C" -> Rule.CONFLICT;
      default -> throw new IllegalArgumentException("The script knows a rule that we do not");
    };
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
