package io.tenure.profile.api;

import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.search.Ordering;
import io.tenure.profile.domain.search.Ordering.Field;
import io.tenure.profile.domain.search.Ordering.Key;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads {@code order_by}. */
final class OrderingReader {

  private static final String TRAIT_PREFIX = "traits.";
  private static final String DESCENDING = " desc";

  private OrderingReader() {}

  static Ordering read(String text) {
    if (text.isEmpty()) {
      return Ordering.BY_NUMBER;
    }
    boolean descending = text.endsWith(DESCENDING);
    String key = descending ? text.substring(0, text.length() - DESCENDING.length()) : text;
    return new Ordering(key(key), descending);
  }

  private static Key key(String text) {
    if (text.startsWith(TRAIT_PREFIX)
        && text.length() > TRAIT_PREFIX.length()
        && text.length() <= TRAIT_PREFIX.length() + RequestChecks.MAX_NAME_LENGTH) {
      return new Key.Trait(text.substring(TRAIT_PREFIX.length()));
    }
    for (Field field : Field.values()) {
      if (name(field).equals(text)) {
        return new Key.Fact(field);
      }
    }
    throw Failure.invalid(
        "order_by",
        "is one of "
            + Arrays.stream(Field.values())
                .map(OrderingReader::name)
                .collect(Collectors.joining(", "))
            + ", traits.NAME; with ' desc' behind it or not");
  }

  private static String name(Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
