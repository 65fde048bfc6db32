package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads records out of JSON in one pass, with exact numbers and the place of each record's bytes.
 * What is wrong inside one record (a repeated key, an absurd number, too deep a nest) becomes the
 * fault of that record alone; only broken JSON condemns the whole body.
 */
final class RecordReader implements AutoCloseable {

  private static final int MOST_NESTED = 32;
  private static final int LONGEST_NUMBER = 400;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Guesses no encoding: JSON between systems is UTF-8, and another one shows as broken JSON. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10_000)
                  .maxNumberLength(10_000)
                  .maxNameLength(50_000)
                  .build())
          .build();

  /** One value of the JSON: its fields when it is an object, and what is wrong with it. */
  record Element(
      Map<String, Object> fields, Verdict.@Nullable Quarantine fault, int from, int to) {}

  private final int start;
  private final JsonParser parser;
  private Verdict.@Nullable Quarantine fault;

  /** Reads from the beginning of a JSON text in UTF-8. */
  RecordReader(byte[] json) {
    requireUtf8(json);
    this.start = startsWithMark(json) ? BYTE_ORDER_MARK.length : 0;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), json, start, json.length - start);
  }

  /** The records of a text that is an array of records or one record. */
  List<Element> records() {
    return reading(
        () -> {
          List<Element> elements = new ArrayList<>();
          if (parser.nextToken() == JsonToken.START_ARRAY) {
            readArray(elements);
          } else {
            elements.add(element());
          }
          requireEnd();
          return elements;
        });
  }

  /**
   * The records of an array field of a root object.
   *
   * @param envelope receives the other fields
   */
  List<Element> recordsOf(String arrayField, Map<String, Object> envelope) {
    return reading(
        () -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedBody("The body must be a JSON object");
          }
          List<Element> elements = new ArrayList<>();
          boolean found = false;
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(arrayField)) {
              found = true;
              readArray(elements);
            } else {
              envelope.put(name, value(1));
            }
          }
          requireEnd();
          if (!found) {
            throw new MalformedBody("The body has no array '" + arrayField + "'");
          }
          return elements;
        });
  }

  @Override
  public void close() {
    parser.close();
  }

  private static boolean startsWithMark(byte[] json) {
    return json.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            json, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  /** The parser itself lets overlong forms through and would change them. */
  private static void requireUtf8(byte[] json) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(json);
    CharBuffer out = CharBuffer.allocate(Math.min(json.length + 1, 8192));
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(in, out.clear(), true);
    }
    if (result.isError()) {
      throw new MalformedBody("The body is not in UTF-8");
    }
  }

  private interface Reading<T> {
    T run();
  }

  private static <T> T reading(Reading<T> action) {
    try {
      return action.run();
    } catch (JacksonException notJson) {
      throw new MalformedBody("The body is not valid JSON in UTF-8");
    }
  }

  private void readArray(List<Element> elements) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element());
    }
  }

  private void requireEnd() {
    if (parser.nextToken() != null) {
      throw new MalformedBody("The body goes on after its JSON value");
    }
  }

  private Element element() {
    fault = null;
    int from = start + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    Object value = value(0);
    int to = start + Math.toIntExact(parser.currentLocation().getByteOffset());
    if (!(value instanceof Map<?, ?>)) {
      blame(QuarantineReason.NOT_AN_OBJECT, "The record is not a JSON object");
    }
    return new Element(fields(value), fault, from, to);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private Object value(int depth) {
    @Nullable JsonToken token = parser.currentToken();
    if (token == null) {
      throw new MalformedBody("The body is empty or ends too early");
    }
    return switch (token) {
      case START_OBJECT -> depth == MOST_NESTED ? tooDeep() : object(depth);
      case START_ARRAY -> depth == MOST_NESTED ? tooDeep() : array(depth);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> JsonNull.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedBody("The body is not valid JSON");
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (object.put(name, value(depth + 1)) != null) {
        blame(QuarantineReason.DUPLICATE_KEY, "A key occurs twice in one object");
      }
    }
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(depth + 1));
    }
    return array;
  }

  private Object tooDeep() {
    parser.skipChildren();
    blame(QuarantineReason.NESTED_TOO_DEEP, "More than " + MOST_NESTED + " levels of nesting");
    return JsonNull.NULL;
  }

  private Object number(JsonToken token) {
    if (parser.getStringLength() > LONGEST_NUMBER) {
      return absurdNumber();
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      try {
        return parser.getDecimalValue();
      } catch (JacksonException | ArithmeticException | NumberFormatException exponent) {
        return absurdNumber();
      }
    }
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER -> parser.getBigIntegerValue();
      case FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDecimalValue();
    };
  }

  private Object absurdNumber() {
    blame(QuarantineReason.NUMBER_OUT_OF_RANGE, "A number has too many digits to be kept exactly");
    return 0L;
  }

  private void blame(QuarantineReason reason, String detail) {
    if (fault == null) {
      fault = new Verdict.Quarantine(reason, detail);
    }
  }
}
