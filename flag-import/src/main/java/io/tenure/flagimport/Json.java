package io.tenure.flagimport;

import io.tenure.evaluator.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A part of a document that knows where it stands, so that a refusal can name the place.
 *
 * @param node the part; missing when there is none
 * @param path how to get there from the flag
 */
record Json(JsonNode node, String path) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Nothing, nowhere. */
  static final Json MISSING = new Json(MissingNode.getInstance(), "");

  /** A field with its name. */
  record Field(String name, Json value) {}

  /**
   * Reads a document, which must be an object.
   *
   * @throws MalformedImportException when it is not
   */
  static Json document(String text) {
    Json document = new Json(tree(text), "");
    if (!document.node.isObject()) {
      throw new MalformedImportException("The document is not a JSON object");
    }
    return document;
  }

  private static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException notJson) {
      throw new MalformedImportException("The document is not JSON", notJson);
    }
  }

  /** The JSON that a text of the document holds. */
  Json inside() {
    try {
      return new Json(MAPPER.readTree(text()), path);
    } catch (JacksonException notJson) {
      throw refused("the text is not the JSON it is said to be");
    }
  }

  Json at(String name) {
    return new Json(node.path(name), path.isEmpty() ? name : path + "." + name);
  }

  /** The same part, with the path beginning here. */
  Json root() {
    return new Json(node, "");
  }

  /** Not missing; it may be null. */
  boolean isThere() {
    return !node.isMissingNode();
  }

  /** Neither missing nor null. */
  boolean isGiven() {
    return !node.isMissingNode() && !node.isNull();
  }

  boolean isText() {
    return node.isString();
  }

  boolean isNumber() {
    return node.isNumber();
  }

  boolean isTruth() {
    return node.isBoolean();
  }

  boolean isNull() {
    return node.isNull();
  }

  boolean isList() {
    return node.isArray();
  }

  boolean isObject() {
    return node.isObject();
  }

  List<Json> items() {
    if (!node.isArray()) {
      throw refused("a list is expected here");
    }
    List<Json> items = new ArrayList<>();
    for (JsonNode item : node) {
      items.add(new Json(item, path + "[" + items.size() + "]"));
    }
    return items;
  }

  /** Its items; none when it is not given. */
  List<Json> itemsIfGiven() {
    return isGiven() ? items() : List.of();
  }

  List<Field> fields() {
    if (!node.isObject()) {
      throw refused("an object is expected here");
    }
    return node.properties().stream()
        .map(field -> new Field(field.getKey(), at(field.getKey())))
        .toList();
  }

  String text() {
    if (!node.isString()) {
      throw refused("a text is expected here");
    }
    return node.stringValue();
  }

  /** Its text; another when it is not given or empty. */
  String textOr(String other) {
    if (!isGiven()) {
      return other;
    }
    String text = text();
    return text.isEmpty() ? other : text;
  }

  /** The double that JavaScript would read. */
  double number() {
    if (!node.isNumber()) {
      throw refused("a number is expected here");
    }
    try {
      double number = node.decimalValue().doubleValue();
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (JacksonException notFinite) {
      throw refused("the number is too large");
    }
    throw refused("the number is too large");
  }

  long integer() {
    double number = number();
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw refused("a whole number is expected here");
    }
    return (long) number;
  }

  boolean truth() {
    if (!node.isBoolean()) {
      throw refused("true or false is expected here");
    }
    return node.booleanValue();
  }

  boolean truthOr(boolean other) {
    return isGiven() ? truth() : other;
  }

  /** Refuses fields that may mean something we know nothing of. */
  void hasOnly(Set<String> known) {
    for (Field field : fields()) {
      if (!known.contains(field.name())) {
        throw field.value().refused("this is not known here, and may change what is decided");
      }
    }
  }

  /** As a value of ours. */
  Value value() {
    return switch (node.getNodeType()) {
      case STRING -> new Value.Text(node.stringValue());
      case NUMBER -> new Value.Numeric(number());
      case BOOLEAN -> new Value.Truth(node.booleanValue());
      case NULL, MISSING -> new Value.Nothing();
      case ARRAY -> new Value.Items(items().stream().map(Json::value).toList());
      case OBJECT -> {
        Map<String, Value> values = new HashMap<>();
        fields().forEach(field -> values.put(field.name(), field.value().value()));
        yield new Value.Fields(values);
      }
      case BINARY, POJO -> throw new IllegalStateException("A parser makes no such node");
    };
  }

  Untranslatable refused(String reason) {
    return new Untranslatable(path, reason);
  }
}
