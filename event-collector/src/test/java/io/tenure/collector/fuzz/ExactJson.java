package io.tenure.collector.fuzz;

import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.UnicodeText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A second opinion on JSON: the grammar of RFC 8259 and nothing else, written without the library
 * the product reads with. It is slow, and it is the measure of what the product's reader accepts
 * and of what it makes of it.
 */
public final class ExactJson {

  private final String text;
  private int at;

  private ExactJson(String text) {
    this.text = text;
  }

  /** A value, and what a careful reader must know about it. */
  public sealed interface Value {

    /** An object; its fields in order, the same name possibly several times. */
    record Members(List<Map.Entry<String, Value>> fields) implements Value {}

    /** An array. */
    record Elements(List<Value> values) implements Value {}

    /** A number as it was written. */
    record Numeral(String text) implements Value {}

    /** A string, true, false or null, as the product's reader hands it over. */
    record Plain(Object value) implements Value {}
  }

  /** What the bytes say; nothing when they are not JSON in UTF-8. A byte order mark is allowed. */
  public static Optional<Value> read(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
    ExactJson reader = new ExactJson(text.startsWith("\uFEFF") ? text.substring(1) : text);
    try {
      Value value = reader.value();
      reader.skipBlanks();
      return reader.at == reader.text.length() ? Optional.of(value) : Optional.empty();
    } catch (NotJson | StringIndexOutOfBoundsException notJson) {
      return Optional.empty();
    }
  }

  /** Levels of objects and arrays. */
  public static int depth(Value value) {
    return switch (value) {
      case Value.Members members ->
          1 + members.fields().stream().mapToInt(field -> depth(field.getValue())).max().orElse(0);
      case Value.Elements elements ->
          1 + elements.values().stream().mapToInt(ExactJson::depth).max().orElse(0);
      case Value.Numeral number -> 0;
      case Value.Plain plain -> 0;
    };
  }

  /** Whether some object has a name twice. */
  public static boolean hasDuplicates(Value value) {
    return switch (value) {
      case Value.Members members ->
          members.fields().stream().map(Map.Entry::getKey).distinct().count()
                  < members.fields().size()
              || members.fields().stream().anyMatch(field -> hasDuplicates(field.getValue()));
      case Value.Elements elements -> elements.values().stream().anyMatch(ExactJson::hasDuplicates);
      case Value.Numeral number -> false;
      case Value.Plain plain -> false;
    };
  }

  /** Whether some name holds half a surrogate pair; no UTF-8 can write it. */
  public static boolean hasHalfName(Value value) {
    return switch (value) {
      case Value.Members members ->
          members.fields().stream()
              .anyMatch(
                  field -> !UnicodeText.isValid(field.getKey()) || hasHalfName(field.getValue()));
      case Value.Elements elements -> elements.values().stream().anyMatch(ExactJson::hasHalfName);
      case Value.Numeral number -> false;
      case Value.Plain plain -> false;
    };
  }

  /** The longest number in it, in characters. */
  public static int longestNumber(Value value) {
    return switch (value) {
      case Value.Members members ->
          members.fields().stream()
              .mapToInt(field -> longestNumber(field.getValue()))
              .max()
              .orElse(0);
      case Value.Elements elements ->
          elements.values().stream().mapToInt(ExactJson::longestNumber).max().orElse(0);
      case Value.Numeral number -> number.text().length();
      case Value.Plain plain -> 0;
    };
  }

  /** Whether what the product made of a value is that value, neither rounded nor replaced. */
  public static boolean same(Value expected, @Nullable Object actual) {
    return switch (expected) {
      case Value.Plain plain -> plain.value().equals(actual);
      case Value.Numeral number ->
          actual instanceof Number
              && new BigDecimal(number.text()).compareTo(new BigDecimal(actual.toString())) == 0;
      case Value.Elements elements ->
          actual instanceof List<?> list
              && list.size() == elements.values().size()
              && sameInOrder(elements.values(), list);
      case Value.Members members -> actual instanceof Map<?, ?> map && sameFields(members, map);
    };
  }

  private static boolean sameInOrder(List<Value> expected, List<?> actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!same(expected.get(i), actual.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameFields(Value.Members expected, Map<?, ?> actual) {
    Map<String, Value> fields = new LinkedHashMap<>();
    expected.fields().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return List.copyOf(fields.keySet()).equals(List.copyOf(actual.keySet()))
        && fields.entrySet().stream()
            .allMatch(field -> same(field.getValue(), actual.get(field.getKey())));
  }

  private Value value() {
    skipBlanks();
    return switch (text.charAt(at)) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> new Value.Plain(string());
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", JsonNull.NULL);
      default -> number();
    };
  }

  private Value members() {
    List<Map.Entry<String, Value>> fields = new ArrayList<>();
    at++;
    skipBlanks();
    if (accept('}')) {
      return new Value.Members(fields);
    }
    do {
      skipBlanks();
      String name = string();
      skipBlanks();
      expect(':');
      fields.add(Map.entry(name, value()));
      skipBlanks();
    } while (accept(','));
    expect('}');
    return new Value.Members(fields);
  }

  private Value elements() {
    List<Value> values = new ArrayList<>();
    at++;
    skipBlanks();
    if (accept(']')) {
      return new Value.Elements(values);
    }
    do {
      values.add(value());
      skipBlanks();
    } while (accept(','));
    expect(']');
    return new Value.Elements(values);
  }

  private Value word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw new NotJson();
    }
    at += word.length();
    return new Value.Plain(value);
  }

  private Value number() {
    int from = at;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    if (accept('.')) {
      digits();
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    return new Value.Numeral(text.substring(from, at));
  }

  private void digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw new NotJson();
    }
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (!accept('"')) {
      char c = text.charAt(at++);
      if (c < 0x20) {
        throw new NotJson();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    return out.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw new NotJson();
    };
  }

  private char hexadecimal() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = text.charAt(at++);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new NotJson();
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw new NotJson();
    }
  }

  private static final class NotJson extends RuntimeException {

    NotJson() {
      super("not JSON", null, false, false);
    }
  }
}
