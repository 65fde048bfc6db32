package io.tenure.collector.store.export;

import io.tenure.platform.json.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Properties of a record, less those whose values nobody sees; these are only named. */
final class VisibleProperties {

  private VisibleProperties() {}

  static void write(String texts, Set<String> hidden, ObjectNode record) {
    ObjectNode properties = record.putObject("properties");
    ArrayNode masked = Json.MAPPER.createArrayNode();
    for (Map.Entry<String, JsonNode> one : Json.read(texts).properties()) {
      if (hidden.contains(one.getKey())) {
        masked.add(one.getKey());
      } else {
        properties.set(one.getKey(), one.getValue());
      }
    }
    if (!masked.isEmpty()) {
      record.set("masked_properties", masked);
    }
  }
}
