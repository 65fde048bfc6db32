package io.tenure.gateway.api.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.tenure.gateway.api.BoundedBody;
import io.tenure.gateway.api.Query;
import io.tenure.gateway.api.Refusal;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes the request message of an RPC from path, query and body of an HTTP request. */
final class RequestReader {

  private final BoundedBody bodies;

  RequestReader(BoundedBody bodies) {
    this.bodies = bodies;
  }

  /**
   * The message.
   *
   * @throws Failure INVALID_ARGUMENT with every mistake in the request
   * @throws Refusal 413 or 415
   */
  Message read(HttpBinding binding, Map<String, String> variables, HttpServletRequest request) {
    Message.Builder target = prototype(binding).newBuilderForType();
    MessageReader reader = new MessageReader();
    readBody(binding, request, target, reader);
    readQuery(binding, request, target, reader);
    readPath(variables, target, reader);
    if (!reader.violations().isEmpty()) {
      throw Failure.invalid(reader.violations());
    }
    return target.build();
  }

  private void readBody(
      HttpBinding binding,
      HttpServletRequest request,
      Message.Builder target,
      MessageReader reader) {
    bodies.check(request);
    if (binding.body().isEmpty()) {
      return;
    }
    byte[] body = bodies.read(request);
    if (body.length == 0) {
      return;
    }
    requireJson(request);
    JsonNode node = parse(body);
    if (binding.body().equals("*")) {
      reader.read(node, target, "");
    } else {
      FieldDescriptor field =
          Objects.requireNonNull(
              target.getDescriptorForType().findFieldByName(binding.body()),
              binding.contract().getFullName());
      reader.read(node, target.getFieldBuilder(field), binding.body());
    }
  }

  private static void readQuery(
      HttpBinding binding,
      HttpServletRequest request,
      Message.Builder target,
      MessageReader reader) {
    for (Query.Parameter parameter : Query.parse(request.getQueryString())) {
      String name = parameter.name();
      String first = name.split("\\.", 2)[0];
      boolean taken =
          binding.body().equals("*")
              || first.equals(binding.body())
              || binding.pathFields().contains(name);
      if (taken) {
        reader.violation(name, "is not a query parameter of this request");
      } else {
        reader.readText(parameter.value(), name, target);
      }
    }
  }

  private static void readPath(
      Map<String, String> variables, Message.Builder target, MessageReader reader) {
    variables.forEach(
        (name, text) -> {
          String inBody = scalarText(target, name);
          if (!inBody.isEmpty() && !inBody.equals(text)) {
            reader.violation(name, "is not what the path says");
          } else {
            reader.readText(text, name, target);
          }
        });
  }

  /** The text a body gave for a field of the path; empty when it gave none. */
  private static String scalarText(Message.Builder target, String path) {
    Message.Builder holder = target;
    List<String> names = new ArrayList<>(List.of(path.split("\\.", -1)));
    String last = names.removeLast();
    for (String name : names) {
      @Nullable FieldDescriptor field = holder.getDescriptorForType().findFieldByName(name);
      if (field == null) {
        return "";
      }
      holder = holder.getFieldBuilder(field);
    }
    @Nullable FieldDescriptor field = holder.getDescriptorForType().findFieldByName(last);
    return field != null && holder.getField(field) instanceof String text ? text : "";
  }

  private static void requireJson(HttpServletRequest request) {
    @Nullable String type = request.getContentType();
    if (type == null || !type.strip().regionMatches(true, 0, "application/json", 0, 16)) {
      throw new Refusal(
          415, "The body must be application/json", Map.of("Accept", "application/json"));
    }
  }

  static JsonNode parse(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JacksonException malformed) {
      throw Failure.invalid("body", "is not valid JSON: " + where(malformed));
    } catch (NumberFormatException absurd) {
      // The parser lets this one out as it is; its text holds the number.
      throw Failure.invalid("body", "holds a number no decimal can be made of");
    }
  }

  private static String where(JacksonException malformed) {
    return malformed.getLocation() == null
        ? "it ends too early"
        : "line "
            + malformed.getLocation().getLineNr()
            + ", column "
            + malformed.getLocation().getColumnNr();
  }

  private static Message prototype(HttpBinding binding) {
    if (binding.method().getRequestMarshaller() instanceof PrototypeMarshaller<Message> known) {
      return Objects.requireNonNull(known.getMessagePrototype());
    }
    throw new IllegalArgumentException("No prototype for " + binding.contract().getFullName());
  }
}
