package io.tenure.collector.domain.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MaskedTextTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SECRET = "s3cr3t";

  @Test
  void keepsNamesAndHidesValues() {
    assertThat(
            MaskedText.of(
                "{\"type\":\"track\", \"properties\":{\"amount\":12.50,\"ok\":false,\"to\":null,"
                    + "\"list\":[\"张三\",-7]}}"))
        .isEqualTo(
            "{\"type\":\"text≤8\", \"properties\":{\"amount\":9.99999999,\"ok\":true,\"to\":null,"
                + "\"list\":[\"text≤2\",99]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"13812345678":1}           | {"text≤16":9}
          {"note":"said "alice" yes"} | {"text≤4":"text≤8"<≤8>"text≤4"}
          {"type":"a","secret"        | {"type":"text≤1","text≤8"
          aGVsbG8gd29ybGQ=            | <≤16>
          "open                       | "text≤4
          """)
  void showsNothingOfWhatIsBroken(String record, String masked) {
    assertThat(MaskedText.of(record)).isEqualTo(masked);
  }

  @Test
  void keepsTheShapeOfEveryJson() {
    Property.forAll(
        MaskedTextTest::json,
        json -> {
          String masked = MaskedText.of(json);
          assertThat(shape(JSON.readTree(masked))).isEqualTo(shape(JSON.readTree(json)));
          assertThat(masked).doesNotContain(SECRET);
        });
  }

  @Test
  void neverFailsOnBytesOfAnyKind() {
    Generator<byte[]> bytes =
        random -> {
          byte[] record = json(random).getBytes(UTF_8);
          for (int i = 0; i < 3 && record.length > 0; i++) {
            record[random.nextInt(record.length)] = (byte) random.nextInt();
          }
          return record;
        };
    Property.forAll(bytes, record -> assertThat(MaskedText.of(record)).doesNotContain(SECRET));
  }

  private static String json(RandomGenerator random) {
    return value(random, 4);
  }

  private static String value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> "\"" + SECRET + "\\\"\\\\".repeat(random.nextInt(3)) + SECRET + "\"";
      case 1 -> Long.toString(random.nextLong());
      case 2 -> random.nextBoolean() ? "true" : "null";
      case 3 -> random.nextInt(-9, 9) + "." + random.nextInt(1000) + "e-7";
      case 4 -> "[" + String.join(",", values(random, depth, "")) + "]";
      default -> "{" + String.join(", ", values(random, depth, "\"k")) + "}";
    };
  }

  private static List<String> values(RandomGenerator random, int depth, String name) {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add((name.isEmpty() ? "" : name + i + "\" : ") + value(random, depth - 1));
    }
    return values;
  }

  /** Names, nesting and kinds. */
  private static String shape(JsonNode node) {
    if (node.isObject()) {
      StringBuilder shape = new StringBuilder("{");
      node.properties()
          .forEach(e -> shape.append(e.getKey()).append(':').append(shape(e.getValue())));
      return shape.append('}').toString();
    }
    if (node.isArray()) {
      StringBuilder shape = new StringBuilder("[");
      node.forEach(element -> shape.append(shape(element)).append(','));
      return shape.append(']').toString();
    }
    return node.getNodeType().name();
  }
}
