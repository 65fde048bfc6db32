package io.tenure.collector.domain.dialect;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordReaderTest {

  @Test
  void keepsNumbersExact() {
    Map<String, Object> fields =
        only("{\"a\":9007199254740993,\"b\":9223372036854775808,\"c\":0.1,\"d\":1e3,\"e\":null}")
            .fields();

    assertThat(fields)
        .containsEntry("a", 9007199254740993L)
        .containsEntry("b", new BigInteger("9223372036854775808"))
        .containsEntry("c", new BigDecimal("0.1"))
        .containsEntry("d", new BigDecimal("1e3"))
        .containsEntry("e", JsonNull.NULL);
  }

  @Test
  void knowsWhereEachRecordLies() {
    String json = " [ {\"n\":\"张三\"} ,{\"n\":2}]";

    List<RecordReader.Element> elements = read(json);

    assertThat(elements)
        .extracting(element -> slice(json, element))
        .containsExactly("{\"n\":\"张三\"}", "{\"n\":2}");
  }

  @Test
  void separatesTheBatchFromItsEnvelope() {
    String json = "{\"sentAt\":\"t\",\"batch\":[{\"a\":1},{\"a\":2}],\"context\":{\"b\":[1]}}";
    Map<String, Object> envelope = new LinkedHashMap<>();
    try (RecordReader reader = new RecordReader(json.getBytes(UTF_8))) {
      List<RecordReader.Element> elements = reader.recordsOf("batch", envelope);

      assertThat(elements)
          .extracting(element -> slice(json, element))
          .containsExactly("{\"a\":1}", "{\"a\":2}");
      assertThat(envelope).isEqualTo(Map.of("sentAt", "t", "context", Map.of("b", List.of(1L))));
    }
  }

  @Test
  void blamesOneRecordOnly() {
    String deep = "[".repeat(50) + "]".repeat(50);
    List<RecordReader.Element> elements =
        read(
            "[{\"a\":1},{\"a\":1,\"a\":2},{\"a\":"
                + deep
                + "},{\"a\":"
                + "9".repeat(500)
                + "},{\"a\":1e99999999999},7,{\"a\":3}]");

    assertThat(elements)
        .extracting(RecordReaderTest::reason)
        .containsExactly(
            "",
            "DUPLICATE_KEY",
            "NESTED_TOO_DEEP",
            "NUMBER_OUT_OF_RANGE",
            "NUMBER_OUT_OF_RANGE",
            "NOT_AN_OBJECT",
            "");
    assertThat(elements.getLast().fields()).isEqualTo(Map.of("a", 3L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[{}",
        "{}{}",
        "[{}] x",
        "{\"a\":}",
        "{'a':1}",
        "[1,]",
        "nul",
        "{\"a\":01}",
        "{\"a\":\"\u0001\"}",
        "\"a",
        "{\"a\":NaN}"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedBody.class);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};

    assertThatThrownBy(() -> read(overlong)).isInstanceOf(MalformedBody.class);
    assertThatThrownBy(() -> read("{\"a\":1}".getBytes(UTF_16))).isInstanceOf(MalformedBody.class);
  }

  @Test
  void survivesAbsurdNesting() {
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(MalformedBody.class);
  }

  private static String reason(RecordReader.Element element) {
    Verdict.@Nullable Quarantine fault = element.fault();
    return fault == null ? "" : fault.reason().name();
  }

  private static RecordReader.Element only(String json) {
    RecordReader.Element element = read(json).getFirst();
    assertThat(element.fault()).isNull();
    return element;
  }

  private static List<RecordReader.Element> read(String json) {
    return read(json.getBytes(UTF_8));
  }

  private static List<RecordReader.Element> read(byte[] json) {
    try (RecordReader reader = new RecordReader(json)) {
      return reader.records();
    }
  }

  private static String slice(String json, RecordReader.Element element) {
    byte[] bytes = json.getBytes(UTF_8);
    return new String(bytes, element.from(), element.to() - element.from(), UTF_8);
  }
}
