package io.tenure.gateway.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.PropertyValue;
import io.tenure.proto.event.v1.PropertyValue.KindCase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of events, read into messages. Who wrote it knows what it means, and is the judge. */
final class EventsBatchJsonTest {

  private static final int DEEPEST = 6;
  private static final String CHARACTERS =
      "aZ0 .$_-/\"\\\b\f\n\r\t\u0000\u001f\u007f\u0085\u2028é张";

  /** A value as somebody writes it, in one of the many ways JSON allows. */
  private sealed interface Sent {

    String json();

    boolean isMeantBy(PropertyValue read);

    record Text(String json, String meant) implements Sent {
      @Override
      public boolean isMeantBy(PropertyValue read) {
        return read.getKindCase() == KindCase.TEXT && read.getText().equals(meant);
      }
    }

    record Number(String json) implements Sent {
      @Override
      public boolean isMeantBy(PropertyValue read) {
        return switch (read.getKindCase()) {
          case INTEGER ->
              new BigDecimal(json).equals(new BigDecimal(BigInteger.valueOf(read.getInteger())));
          case DECIMAL -> new BigDecimal(json).equals(new BigDecimal(read.getDecimal()));
          default -> false;
        };
      }
    }

    record Word(String json) implements Sent {
      @Override
      public boolean isMeantBy(PropertyValue read) {
        return json.equals("null")
            ? read.getKindCase() == KindCase.KIND_NOT_SET
            : read.getKindCase() == KindCase.FLAG && read.getFlag() == json.equals("true");
      }
    }

    record Elements(List<Sent> values) implements Sent {
      @Override
      public String json() {
        return values.stream().map(Sent::json).collect(Collectors.joining(" ,", "[", "\n]"));
      }

      @Override
      public boolean isMeantBy(PropertyValue read) {
        List<PropertyValue> found = read.getList().getValuesList();
        if (read.getKindCase() != KindCase.LIST || found.size() != values.size()) {
          return false;
        }
        for (int i = 0; i < found.size(); i++) {
          if (!values.get(i).isMeantBy(found.get(i))) {
            return false;
          }
        }
        return true;
      }
    }

    record Members(Map<String, Sent> fields) implements Sent {
      @Override
      public String json() {
        return fields.entrySet().stream()
            .map(field -> escaped(field.getKey()) + ":\t" + field.getValue().json())
            .collect(Collectors.joining(", ", "{ ", "}"));
      }

      @Override
      public boolean isMeantBy(PropertyValue read) {
        Map<String, PropertyValue> found = read.getMap().getFieldsMap();
        return read.getKindCase() == KindCase.MAP
            && found.keySet().equals(fields.keySet())
            && fields.entrySet().stream()
                .allMatch(
                    field ->
                        field.getValue().isMeantBy(read.getMap().getFieldsOrThrow(field.getKey())));
      }
    }
  }

  private static final Generator<Sent> ANYTHING = random -> value(random, DEEPEST);

  @Test
  void readsEveryValueAsItIsMeant() {
    Property.forAll(
        2000,
        ANYTHING,
        sent -> {
          Optional<CollectRequest> read = read(body(sent.json()));
          assertThat(read).isPresent();
          assertThat(sent.isMeantBy(read.orElseThrow().getEvents(0).getPropertiesOrThrow("p")))
              .isTrue();
        });
  }

  @Test
  void readsAnyBytesOrSaysWhatIsWrongWithThem() {
    Generator<String> broken =
        random -> {
          byte[] body = body(value(random, DEEPEST).json());
          for (int i = random.nextInt(1, 4); i > 0; i--) {
            body[random.nextInt(body.length)] =
                (byte)
                    (random.nextBoolean()
                        ? random.nextInt(256)
                        : "\"\\{}[],:0e-".charAt(random.nextInt(11)));
          }
          return new String(body, StandardCharsets.ISO_8859_1);
        };
    Property.forAll(5000, broken, body -> read(body.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e9999999999", "-1E+99999999999999999999", "1e-2147483648", "1e2147483647", "1e400",
        "0.00000000000000000000000000000000000000001e-400", "NaN", "01", "\"\\ud800\"",
            "{\"a\":1,\"a\":2}"
      })
  void readsNothingElseThanWasSent(String json) {
    read(body(json))
        .map(request -> request.getEvents(0).getPropertiesOrThrow("p"))
        .ifPresent(read -> assertThat(new Sent.Number(json).isMeantBy(read)).isTrue());
  }

  /** The message; empty when the caller is told what is wrong. */
  private static Optional<CollectRequest> read(byte[] body) {
    CollectRequest.Builder request = CollectRequest.newBuilder();
    MessageReader reader = new MessageReader();
    try {
      reader.read(RequestReader.parse(body), request, "");
    } catch (Failure failure) {
      assertThat(failure.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
      return Optional.empty();
    }
    return reader.violations().isEmpty() ? Optional.of(request.build()) : Optional.empty();
  }

  private static byte[] body(String value) {
    return "{\"events\":[{\"event_id\":\"1\",\"name\":\"A\",\"properties\":{\"p\":%s}}]}"
        .formatted(value)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Sent value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0, 1 -> {
        String text = text(random);
        yield new Sent.Text(escaped(text), text);
      }
      case 2, 3 -> new Sent.Number(number(random));
      case 4 -> new Sent.Word(List.of("true", "false", "null").get(random.nextInt(3)));
      case 5 -> {
        List<Sent> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(value(random, depth - 1));
        }
        yield new Sent.Elements(values);
      }
      default -> {
        Map<String, Sent> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          fields.put(text(random), value(random, depth - 1));
        }
        yield new Sent.Members(fields);
      }
    };
  }

  private static String number(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> Long.toString(random.nextLong(-10, 10));
      case 2 -> BigInteger.valueOf(random.nextLong()).pow(random.nextInt(1, 6)).toString();
      case 3 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(30)).toPlainString();
      default ->
          random.nextInt(100)
              + "."
              + random.nextInt(100)
              + (random.nextBoolean() ? "e" : "E+")
              + random.nextInt(60);
    };
  }

  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      if (random.nextInt(8) == 0) {
        text.append("💰");
      } else {
        text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      }
    }
    return text.toString();
  }

  /** Every other character as its number, the rest as itself where JSON allows it. */
  private static String escaped(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean must = c < 0x20 || c == '"' || c == '\\';
      if (must || (i % 2 == 0 && !Character.isSurrogate(c))) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
