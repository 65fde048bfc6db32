package io.tenure.collector.domain.dialect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a single JSON value the way records are read, so that it fits into one. */
public final class JsonText {

  private JsonText() {}

  /** The value, or empty when the text is not exactly one that a record may hold. */
  public static Optional<Object> parse(String text) {
    byte[] wrapped = ("{\"value\":" + text + "}").getBytes(StandardCharsets.UTF_8);
    try (RecordReader reader = new RecordReader(wrapped)) {
      List<RecordReader.Element> elements = reader.records();
      Map<String, Object> fields = elements.getFirst().fields();
      return elements.getFirst().fault() == null && fields.size() == 1
          ? Optional.ofNullable(fields.get("value"))
          : Optional.empty();
    } catch (MalformedBody notJson) {
      return Optional.empty();
    }
  }
}
