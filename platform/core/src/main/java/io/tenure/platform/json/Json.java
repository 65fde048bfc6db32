package io.tenure.platform.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON mapper: exact decimals, no duplicate keys, bounded depth and lengths, so that
 * hostile input ends in an exception and never in a stack overflow or a silently altered number.
 */
public final class Json {

  /** For everything that is not a protocol buffer. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1 << 20)
                          .maxNumberLength(400)
                          .maxNameLength(1024)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Parses one JSON text. */
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /** Writes any value as JSON text. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
