package io.tenure.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import io.tenure.platform.testing.TestStores;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JSON nobody agrees on, sent to the service and read back from ClickHouse: a value arrives exactly
 * as it was, or its record is in quarantine with a reason, or the body is refused. Nothing is ever
 * stored changed.
 */
final class JsonCorpusTest {

  private static final String STORED = "stored";
  private static final String REFUSED = "refused";

  /** What RFC 8259 leaves to the reader, and what this one does. */
  private static final Map<String, String> OPEN_VERDICTS =
      Map.ofEntries(
          Map.entry("i_number_double_huge_neg_exp", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_number_huge_exp", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_number_neg_int_huge_exp", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_number_pos_double_huge_exp", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_number_real_neg_overflow", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_number_real_pos_overflow", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_number_real_underflow", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_number_too_big_neg_int", STORED),
          Map.entry("i_number_too_big_pos_int", STORED),
          Map.entry("i_number_very_big_negative_int", "NUMBER_OUT_OF_RANGE"),
          Map.entry("i_object_key_lone_2nd_surrogate", REFUSED),
          Map.entry("i_string_1st_surrogate_but_2nd_missing", "TEXT_INVALID"),
          Map.entry("i_string_1st_valid_surrogate_2nd_invalid", "TEXT_INVALID"),
          Map.entry("i_string_incomplete_surrogate_and_escape_valid", "TEXT_INVALID"),
          Map.entry("i_string_incomplete_surrogate_pair", "TEXT_INVALID"),
          Map.entry("i_string_incomplete_surrogates_escape_valid", "TEXT_INVALID"),
          Map.entry("i_string_invalid_lonely_surrogate", "TEXT_INVALID"),
          Map.entry("i_string_invalid_surrogate", "TEXT_INVALID"),
          Map.entry("i_string_inverted_surrogates_U+1D11E", "TEXT_INVALID"),
          Map.entry("i_string_lone_second_surrogate", "TEXT_INVALID"),
          Map.entry("i_structure_500_nested_arrays", "NESTED_TOO_DEEP"),
          Map.entry("i_structure_UTF-8_BOM_empty_object", REFUSED));

  /** What is JSON and still not stored, because no reader of the stores could hold it. */
  private static final Map<String, String> KEPT_ASIDE =
      Map.of(
          "y_number", "NUMBER_OUT_OF_RANGE",
          "y_number_real_exponent", "NUMBER_OUT_OF_RANGE",
          "y_number_real_fraction_exponent", "NUMBER_OUT_OF_RANGE",
          "y_number_double_close_to_zero", "NUMBER_OUT_OF_RANGE",
          "y_object_duplicated_key", "DUPLICATE_KEY",
          "y_object_duplicated_key_and_value", "DUPLICATE_KEY");

  /** Bytes that are no UTF-8, inside a JSON string. */
  private static final List<String> BROKEN_UTF8 =
      List.of(
          "\u00C0\u00AF",
          "\u00FC\u0083\u00BF\u00BF\u00BF\u00BF",
          "\u00FC\u0080\u0080\u0080\u0080\u0080",
          "\u00E0\u00FF",
          "\u0081",
          "\u00E9",
          "\u00FF",
          "\u00ED\u00A0\u0080",
          "\u00F4\u00BF\u00BF\u00BF");

  /** JSON texts that many stores change on the way. */
  private static final List<String> HARD =
      List.of(
          "9007199254740993",
          "-9007199254740993",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "18446744073709551616",
          "99999999999999999999999999999999999999",
          "1e400",
          "-1e400",
          "1E-400",
          "-0",
          "-0.0",
          "0.1",
          "0.30000000000000004",
          "1.10",
          "\"1.10\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ufeff\"",
          "\"\uFEFFmark\"",
          "\"\\ud83d\\ude00\"",
          "\"👨‍👩‍👧‍👦 🏳️‍🌈\"",
          "\"مرحبا \\u202Eabc\\u202C\"",
          "\"e\\u0301 \\u00e9\"",
          "\"\\u2028\\u2029\\u0085\"",
          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
          "\"'; DROP TABLE events; --\"",
          "\"\\\\N\"",
          "\"\"",
          "\" \"",
          "[1,[2,[3.50,\"x\\u0000\"]],{}]",
          "{\"a\":{\"\":9007199254740993},\"b\":[null,true]}");

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  @BeforeAll
  static void start() {
    collector = new CollectorFixture(directory);
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  @Test
  void refusesEveryTextThatIsNotJson() throws Exception {
    List<JsonCase> cases = JsonCase.all("n_");
    Map<String, Integer> statuses = new TreeMap<>();
    for (JsonCase one : cases) {
      statuses.put(one.name(), post("/v1/track", "refused", one.input().getBytes(UTF_8)));
    }

    assertThat(cases).hasSize(188);
    assertThat(statuses.values()).describedAs(statuses.toString()).containsOnly(400);
  }

  @Test
  void storesEveryJsonValueAsItIs() throws Exception {
    List<JsonCase> cases = JsonCase.all("y_");
    Map<String, String> inputs = new LinkedHashMap<>();
    cases.forEach(one -> inputs.put(one.name(), one.input()));

    Map<String, String> verdicts = verdicts("valid", inputs);

    assertThat(cases).hasSize(95);
    Map<String, String> expected = new TreeMap<>();
    inputs.keySet().forEach(name -> expected.put(name, KEPT_ASIDE.getOrDefault(name, STORED)));
    assertThat(verdicts).isEqualTo(expected);
  }

  @Test
  void keepsToItsVerdictsWhereTheStandardIsOpen() throws Exception {
    Map<String, String> inputs = new LinkedHashMap<>();
    List<JsonCase> cases = JsonCase.all("i_");
    cases.stream()
        .filter(one -> !one.lostItsBytes())
        .forEach(one -> inputs.put(one.name(), one.input()));

    assertThat(cases).hasSize(35);
    assertThat(verdicts("open", inputs)).isEqualTo(new TreeMap<>(OPEN_VERDICTS));
  }

  @Test
  void carriesHardValuesUnchangedOrKeepsThemAside() throws Exception {
    Map<String, String> inputs = new LinkedHashMap<>();
    HARD.forEach(text -> inputs.put("hard " + inputs.size(), text));

    Map<String, String> verdicts = verdicts("hard", inputs);

    inputs.forEach(
        (name, text) ->
            assertThat(verdicts.get(name))
                .describedAs(text)
                .isEqualTo(text.contains("400") ? "NUMBER_OUT_OF_RANGE" : STORED));
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    for (String bytes : BROKEN_UTF8) {
      String body = "{\"event\":\"A\",\"userId\":\"u\",\"properties\":{\"v\":\"" + bytes + "\"}}";
      assertThat(post("/v1/track", "bytes", body.getBytes(ISO_8859_1))).isEqualTo(400);
    }
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      byte[] body = "[{\"event\":\"A\",\"userId\":\"u\"}]".getBytes(charset);
      assertThat(post("/v1/track", "bytes", body)).describedAs(charset).isEqualTo(400);
    }
  }

  @Test
  void survivesAHundredThousandLevels() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String objects = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

    assertThat(post("/v1/track", "deep", deep.getBytes(UTF_8))).isEqualTo(400);
    assertThat(post("/v1/track", "deep", objects.getBytes(UTF_8))).isEqualTo(400);
    assertThat(post("/v1/batch", "deep", record("after", "1").getBytes(UTF_8))).isEqualTo(200);
  }

  /** Sends each value as a property and tells what became of it. */
  private static Map<String, String> verdicts(String project, Map<String, String> inputs)
      throws Exception {
    Map<String, String> verdicts = new TreeMap<>();
    for (Map.Entry<String, String> input : inputs.entrySet()) {
      byte[] body = record(input.getKey(), input.getValue()).getBytes(UTF_8);
      if (post("/v1/batch", project, body) == 400) {
        verdicts.put(input.getKey(), REFUSED);
      }
    }
    int expected = inputs.size();
    for (int tries = 0; tries < 600 && verdicts.size() < expected; tries++) {
      Thread.sleep(100);
      verdicts.putAll(quarantined(project));
      for (GenericRecord row :
          rows(
              "event_id, mapValues(mapFilter((k, v) -> startsWith(k, 'v_'), properties))[1] AS v"
                  + " FROM events",
              project)) {
        String name = row.getString("event_id");
        verdicts.put(name, same(inputs.getOrDefault(name, ""), row.getString("v")));
      }
    }
    return verdicts;
  }

  private static Map<String, String> quarantined(String project) {
    Map<String, String> reasons = new TreeMap<>();
    String columns = "reason, base64Decode(original) AS record FROM quarantine";
    for (GenericRecord row : rows(columns, project)) {
      String text = row.getString("record");
      int from = text.indexOf("\"messageId\":\"") + "\"messageId\":\"".length();
      if (text.startsWith("{\"messageId\"")) {
        reasons.put(text.substring(from, text.indexOf('"', from)), row.getString("reason"));
      }
    }
    return reasons;
  }

  private static List<GenericRecord> rows(String columns, String project) {
    try (Client client = TestStores.clickHouse()) {
      return new ArrayList<>(
          client.queryAll(
              "SELECT "
                  + columns.replace("FROM ", "FROM " + collector.database() + ".")
                  + " WHERE project_id = '"
                  + project
                  + "'"));
    }
  }

  /** Strings are stored as they are, null not at all, everything else as JSON. */
  private static String same(String sent, String stored) {
    Value value = ExactJson.read(sent.getBytes(UTF_8)).orElseThrow();
    boolean same =
        switch (value) {
          case Value.Plain plain when plain.value() instanceof String text -> text.equals(stored);
          case Value.Plain plain when plain.value() == JsonNull.NULL -> stored.isEmpty();
          case Value.Plain plain -> plain.value().toString().equals(stored);
          case Value.Members members -> equal(members, stored);
          case Value.Elements elements -> equal(elements, stored);
          case Value.Numeral numeral -> equal(numeral, stored);
        };
    return same ? STORED : "CHANGED to " + stored;
  }

  private static boolean equal(Value sent, String stored) {
    return ExactJson.read(stored.getBytes(UTF_8))
        .map(JsonCorpusTest::canonical)
        .filter(canonical(sent)::equals)
        .isPresent();
  }

  /** With numbers by value: 1.0 and 1 are one number. */
  private static Object canonical(Value value) {
    return switch (value) {
      case Value.Plain plain -> plain;
      case Value.Numeral number -> new BigDecimal(number.text()).stripTrailingZeros();
      case Value.Elements elements ->
          elements.values().stream().map(JsonCorpusTest::canonical).toList();
      case Value.Members members ->
          members.fields().stream()
              .map(field -> Map.entry(field.getKey(), canonical(field.getValue())))
              .toList();
    };
  }

  private static String record(String id, String value) {
    return "{\"batch\":[{\"messageId\":\""
        + id
        + "\",\"type\":\"track\",\"event\":\"Corpus\",\"userId\":\"u\",\"properties\":{\"v_"
        + kind(value)
        + "\":"
        + value
        + "}}]}";
  }

  /** A property has one type for good, so each kind of value has a property of its own. */
  private static String kind(String value) {
    return switch (value.isBlank() ? 'x' : value.strip().charAt(0)) {
      case '"' -> "text";
      case '[' -> "list";
      case '{' -> "object";
      case 't', 'f' -> "boolean";
      default -> "number";
    };
  }

  private static int post(String path, String project, byte[] body)
      throws IOException, InterruptedException {
    return collector
        .send(
            collector
                .to(path, project)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }
}
