package io.tenure.gateway.api.abtest;

import com.google.protobuf.Struct;
import io.tenure.gateway.api.rest.MessageReader;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who asks, in the terms in which flags are asked for anywhere else, so that the same person gets
 * the same variant. The login id is the targeting key, before a login the device id; the device id
 * also is the attribute {@code device_id}, and a custom id of the SDK is an attribute by its name.
 * {@code platform} decides nothing, so any is welcome.
 *
 * @param targetingKey who
 * @param context what audiences may be asked about
 * @param parameter the one flag that is asked for; empty for all
 */
record Question(String targetingKey, Struct context, String parameter) {

  private static final int LONGEST = 1_024;

  /** What an app says for this one request wins over what its SDK says by itself. */
  private static final List<String> ATTRIBUTES = List.of("properties", "custom_properties");

  /**
   * Reads a body.
   *
   * @throws Failure INVALID_ARGUMENT
   */
  static Question read(byte[] body) {
    JsonNode root = parse(body);
    String login = text(root, "login_id");
    String device = text(root, "anonymous_id");
    if (login.isEmpty() && device.isEmpty()) {
      throw Failure.invalid("login_id", "must be there, or anonymous_id");
    }
    ObjectNode context = Json.MAPPER.createObjectNode();
    ATTRIBUTES.forEach(name -> context.setAll(fields(root, name)));
    JsonNode ids = fields(root, "custom_ids");
    ids.propertyNames().forEach(name -> context.put(name, text(ids, name)));
    if (!device.isEmpty()) {
      context.put("device_id", device);
    }
    return new Question(
        login.isEmpty() ? device : login, MessageReader.struct(context), text(root, "param_name"));
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode root = Json.MAPPER.readTree(body);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException malformed) {
      throw Failure.invalid("body", "is not valid JSON");
    }
    throw Failure.invalid("body", "must be a JSON object");
  }

  private static ObjectNode fields(JsonNode root, String name) {
    return switch (root.path(name)) {
      case ObjectNode fields -> fields;
      case JsonNode none when none.isMissingNode() || none.isNull() ->
          Json.MAPPER.createObjectNode();
      default -> throw Failure.invalid(name, "must be an object");
    };
  }

  /** Ids are often sent as numbers, and taken as text wherever events arrive, too. */
  private static String text(JsonNode root, String name) {
    JsonNode node = root.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    if (!node.isString() && !node.isIntegralNumber()) {
      throw Failure.invalid(name, "must be a text");
    }
    String text = node.asString();
    if (text.length() > LONGEST) {
      throw Failure.invalid(name, "must have at most " + LONGEST + " characters");
    }
    return text;
  }
}
