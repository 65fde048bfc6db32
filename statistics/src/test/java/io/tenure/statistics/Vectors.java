package io.tenure.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases computed by an independent source; {@code proto/spec/statistics/generate} says how. */
public final class Vectors {

  private static final double RELATIVE = 1e-9;
  private static final double TINY = 1e-12;
  private static final double TINY_TOLERANCE = 1e-13;

  private final JsonNode root;

  private Vectors(JsonNode root) {
    this.root = root;
  }

  /** The file of a subject. */
  public static Vectors of(String name) {
    Path file = Path.of("../proto/spec/statistics/" + name + ".json");
    return new Vectors(JsonMapper.shared().readTree(file));
  }

  /** The cases of a kind; a kind without cases is a mistake. */
  public List<JsonNode> cases(String kind) {
    List<JsonNode> cases = list(root.path(kind));
    assertThat(cases).as(kind).isNotEmpty();
    return cases;
  }

  public static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  public static double[] doubles(JsonNode array) {
    return list(array).stream().mapToDouble(Vectors::number).toArray();
  }

  public static long[] longs(JsonNode array) {
    return list(array).stream().mapToLong(JsonNode::longValue).toArray();
  }

  /** A number; infinities are written as text. */
  public static double number(JsonNode node) {
    if (node.isString()) {
      return node.stringValue().startsWith("-")
          ? Double.NEGATIVE_INFINITY
          : Double.POSITIVE_INFINITY;
    }
    return node.doubleValue();
  }

  /** Checks a number to nine digits. */
  public static void assertClose(double actual, JsonNode expected, String what) {
    assertClose(actual, number(expected), RELATIVE, what);
  }

  /** Checks a number to some relative error. */
  public static void assertClose(double actual, double expected, double relative, String what) {
    double error = actual == expected ? 0 : Math.abs(actual - expected);
    assertThat(error)
        .as("%s: %s, expected %s", what, actual, expected)
        .isLessThanOrEqualTo(relative * Math.abs(expected));
  }

  /** Checks a p-value to nine digits, or absolutely where it is next to nothing. */
  public static void assertProbability(double actual, JsonNode expected, String what) {
    if (number(expected) < TINY) {
      assertThat(actual).as(what).isCloseTo(number(expected), within(TINY_TOLERANCE));
      return;
    }
    assertClose(actual, expected, what);
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }
}
