package io.tenure.flagimport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes flags and subjects by chance, the same ones every time. */
final class Dice {

  /** What an attribute can be that nobody thinks of. */
  private static final List<Object> ODD =
      List.of(
          "",
          "5",
          "05",
          "5.0",
          "1e3",
          "true",
          "false",
          "null",
          "undefined",
          "0",
          " US ",
          "用户",
          0,
          1,
          5,
          -2.5,
          1e21,
          0.1,
          true,
          false,
          List.of(),
          List.of("US"),
          List.of("US", "DE"),
          List.of(5, "5", true),
          List.of(List.of("US")),
          Map.of("a", 1));

  private static final List<String> COUNTRIES = List.of("US", "DE", "CN", "USA", "de");
  private static final List<String> TAGS = List.of("beta", "gold", "5", "true", "null", "US");
  private static final List<Object> NUMBERS = List.of(0, 1, 5, 18, 18.5, -2.5, 0.1, 100, 1e21);

  /** How ids begin. */
  static final List<String> ASCII = List.of("u", "user-", "");

  /** The same, and such as not every SDK hashes alike. */
  static final List<String> ANY = List.of("u", "user-", "", "用户", "é");

  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> List<T> some(int least, int most, Supplier<T> source) {
    int count = least + random.nextInt(most - least + 1);
    List<T> made = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      made.add(source.get());
    }
    return made;
  }

  /** A map; fields that are null are left out. */
  static Map<String, Object> map(@Nullable Object... fields) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int index = 0; index < fields.length; index += 2) {
      Object value = fields[index + 1];
      if (value != null) {
        map.put(String.valueOf(fields[index]), value);
      }
    }
    return map;
  }

  String textAttribute() {
    return pick("country", "plan");
  }

  String country() {
    return one(COUNTRIES);
  }

  String tag() {
    return one(TAGS);
  }

  Object number() {
    return one(NUMBERS);
  }

  Object odd() {
    return one(ODD);
  }

  /** A value to compare with, most of them such as attributes have. */
  Object scalar() {
    Object value =
        switch (upTo(6)) {
          case 0, 1 -> country();
          case 2 -> number();
          case 3 -> chance(0.5);
          case 4 -> tag();
          default -> odd();
        };
    return value instanceof List || value instanceof Map ? "x" : value;
  }

  /** A subject, with an id under each of these names for most. */
  Map<String, Object> subject(List<String> prefixes, String... ids) {
    Map<String, Object> subject = new HashMap<>();
    for (String id : ids) {
      if (chance(0.85)) {
        subject.put(id, one(prefixes) + upTo(100_000));
      }
    }
    put(subject, "country", country());
    put(subject, "plan", pick("free", "gold", "gold-plus", "5", "true"));
    put(subject, "age", number());
    put(subject, "vip", chance(0.5));
    put(subject, "tags", some(0, 3, this::tag));
    return subject;
  }

  private void put(Map<String, Object> subject, String name, Object usual) {
    double lot = random.nextDouble();
    if (lot < 0.1) {
      return;
    }
    if (lot < 0.14) {
      subject.put(name, null);
    } else {
      subject.put(name, lot < 0.25 ? odd() : usual);
    }
  }
}
