package io.tenure.collector.domain.secret;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks through values at any depth. Remembers names it has judged, so one object serves all
 * requests.
 */
public final class SecretSearch {

  private static final int MOST_KEPT = 20_000;

  /** What a name is, as a name and as a text. */
  private record Name(SecretKind kind, SecretText.Find find) {}

  private final SecretText text = new SecretText();
  private final Map<String, Name> known = new ConcurrentHashMap<>();

  /** Whether a JSON object holds a secret, in a name or a value. */
  public boolean holdsSecret(Map<String, Object> object) {
    return holdsSecret(object, Set.of());
  }

  /**
   * Whether a JSON object holds a secret.
   *
   * @param planned names whose values are secret because people said so
   */
  public boolean holdsSecret(Map<String, Object> object, Set<String> planned) {
    Walk walk = new Walk(planned);
    walk.object(object);
    return walk.secret || (walk.card && walk.code);
  }

  /** Whether a text holds a secret. */
  public boolean holdsSecret(String value) {
    return text.find(value) == SecretText.Find.SECRET;
  }

  /** Whether a body that nobody could read holds a secret, as far as that can be seen. */
  public boolean holdsSecret(byte[] body, int from, int to) {
    return new UnreadableText(body, from, to).readings().stream().anyMatch(this::holdsSecret);
  }

  /** The same names come again and again. */
  private Name name(String name) {
    Name before = known.get(name);
    if (before != null) {
      return before;
    }
    Name now = new Name(SecretNames.kind(name), text.find(name));
    if (now.find() == SecretText.Find.NOTHING && known.size() < MOST_KEPT) {
      known.put(name, now);
    }
    return now;
  }

  /** One walk through one record. */
  private final class Walk {

    private final Set<String> planned;
    private boolean secret;
    private boolean card;
    private boolean code;

    Walk(Set<String> planned) {
      this.planned = planned;
    }

    private void object(Map<?, ?> object) {
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        if (secret) {
          return;
        }
        String name = (String) entry.getKey();
        Name known = name(name);
        found(known.find());
        Object value = entry.getValue();
        if (planned.contains(name) && isPresent(value)) {
          secret = true;
          return;
        }
        if (known.kind() != SecretKind.NONE) {
          named(known.kind(), value);
        }
        value(value);
      }
    }

    private void value(Object value) {
      switch (value) {
        case String string -> text(string);
        case Map<?, ?> map -> object(map);
        case List<?> list -> list.forEach(this::value);
        case Long number -> {
          if (number > 999_999_999_999L && CardNumbers.isCard(number.toString())) {
            card = true;
          }
        }
        case BigInteger number -> text(number.toString());
        default -> {}
      }
    }

    private void text(String string) {
      found(text.find(string));
    }

    private void found(SecretText.Find find) {
      switch (find) {
        case NOTHING -> {}
        case CARD -> card = true;
        case SECRET -> secret = true;
      }
    }

    private void named(SecretKind kind, Object value) {
      switch (value) {
        case String string -> given(kind, string);
        case Long number -> given(kind, number.toString());
        case BigInteger number -> given(kind, number.toString());
        case BigDecimal number -> given(kind, number.toPlainString());
        case List<?> list -> list.forEach(element -> named(kind, element));
        case Map<?, ?> map -> map.values().forEach(element -> named(kind, element));
        default -> {}
      }
    }

    private void given(SecretKind kind, String string) {
      if (SecretValues.isSecret(kind, string)) {
        code |= kind == SecretKind.CODE;
        secret |= kind != SecretKind.CODE;
      }
    }

    private static boolean isPresent(Object value) {
      return value instanceof String string ? !string.isEmpty() : !(value instanceof Enum<?>);
    }
  }
}
