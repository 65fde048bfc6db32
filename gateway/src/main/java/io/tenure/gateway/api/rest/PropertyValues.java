package io.tenure.gateway.api.rest;

import io.tenure.proto.event.v1.PropertyValue;
import io.tenure.proto.event.v1.PropertyValueList;
import io.tenure.proto.event.v1.PropertyValueMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads plain JSON values into {@link PropertyValue}, which unlike the library's {@code Value}
 * keeps every number as it was written.
 */
final class PropertyValues {

  private final MessageReader reader;

  /** Notes mistakes at a reader. */
  PropertyValues(MessageReader reader) {
    this.reader = reader;
  }

  PropertyValue read(JsonNode node, String path) {
    PropertyValue.Builder value = PropertyValue.newBuilder();
    switch (node.getNodeType()) {
      case STRING, BINARY -> {
        reader.checkText(node.stringValue(), path);
        value.setText(node.stringValue());
      }
      case NUMBER -> {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
          value.setInteger(node.longValue());
        } else {
          value.setDecimal(node.decimalValue().toString());
        }
      }
      case BOOLEAN -> value.setFlag(node.booleanValue());
      case ARRAY -> value.setList(list(node, path));
      case OBJECT, POJO -> value.setMap(map(node, path));
      case NULL, MISSING -> {}
    }
    return value.build();
  }

  private PropertyValueList list(JsonNode node, String path) {
    PropertyValueList.Builder list = PropertyValueList.newBuilder();
    for (JsonNode element : node) {
      list.addValues(read(element, path + "[" + list.getValuesCount() + "]"));
    }
    return list.build();
  }

  private PropertyValueMap map(JsonNode node, String path) {
    PropertyValueMap.Builder map = PropertyValueMap.newBuilder();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String child = path + "." + entry.getKey();
      reader.checkText(entry.getKey(), path);
      map.putFields(entry.getKey(), read(entry.getValue(), child));
    }
    return map.build();
  }
}
