package io.tenure.gateway.api.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tenure.gateway.api.Problems;
import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.api.Replies;
import io.tenure.gateway.api.abtest.AbTestRoutes;
import io.tenure.gateway.api.ingest.IngestPaths;
import io.tenure.gateway.api.ingest.PublicConfigRoutes;
import io.tenure.gateway.api.ingest.SdkSettings;
import io.tenure.gateway.api.ofrep.OfrepRoutes;
import io.tenure.gateway.api.rest.HttpBinding;
import io.tenure.gateway.api.rest.Rights;
import io.tenure.platform.json.Json;
import java.util.List;
import java.util.Locale;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document of everything the gateway serves, made from the routes themselves and
 * the contract's comments, so that it cannot fall behind.
 */
public final class OpenApi {

  /** Where the document is served. */
  public static final String PATH = "/api/v1/openapi.json";

  private final Comments comments = Comments.load();
  private final Schemas schemas = new Schemas(comments);
  private final ObjectNode document;

  /** The document of these routes and the fixed ones. */
  public OpenApi(List<HttpBinding> bindings) {
    this.document = Json.MAPPER.createObjectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Tenure")
        .put("version", "v1")
        .put(
            "description",
            "How users behave, who is about to leave, and which action kept them. 64-bit integers"
                + " are numbers up to 2^53 and strings beyond.");
    ObjectNode paths = document.putObject("paths");
    bindings.forEach(binding -> addBinding(paths, binding));
    addIngest(paths);
    addPublicConfigs(paths);
    addSettings(paths);
    addOfrep(paths);
    addAbTest(paths);
    addOwn(paths);
    addComponents();
  }

  /** The document. */
  public ObjectNode document() {
    return document;
  }

  /** The route that serves it; needs no credential. */
  public RouterFunction<ServerResponse> router() {
    byte[] body = Json.MAPPER.writeValueAsBytes(document);
    return RouterFunctions.route()
        .route(
            RequestPredicates.path(PATH),
            request -> {
              if (!request.servletRequest().getMethod().equals("GET")) {
                throw Refusal.method("GET");
              }
              return Replies.json(200, body, headers -> headers.setCacheControl("no-cache"));
            })
        .build();
  }

  private void addBinding(ObjectNode paths, HttpBinding binding) {
    ObjectNode operation = operation(paths, binding.path(), binding.verb());
    String service = binding.contract().getService().getName();
    operation.put("operationId", service + "_" + binding.contract().getName());
    operation.putArray("tags").add(service);
    operation.put("description", comments.of(binding.contract().getFullName()));
    addParameters(operation, binding);
    addBody(operation, binding);
    ObjectNode responses = operation.putObject("responses");
    ObjectNode ok = responses.putObject("200").put("description", "The reply.");
    ok.putObject("content")
        .putObject("application/json")
        .set(
            "schema",
            binding.contract().isServerStreaming()
                ? Json.MAPPER.createObjectNode().put("type", "object")
                : schemas.of(binding.contract().getOutputType()));
    problem(responses);
    if (Rights.of(binding.contract()) == Rights.EVERYBODY) {
      operation.putArray("security");
    }
    operation.put("x-tenure-rights", Rights.of(binding.contract()).name());
  }

  private void addParameters(ObjectNode operation, HttpBinding binding) {
    ArrayNode parameters = operation.putArray("parameters");
    for (String name : binding.pathFields()) {
      parameter(parameters, name, "path", true)
          .set("schema", Json.MAPPER.createObjectNode().put("type", "string"));
    }
    if (binding.body().equals("*")) {
      return;
    }
    for (FieldDescriptor field : binding.contract().getInputType().getFields()) {
      boolean taken =
          field.getName().equals(binding.body())
              || binding.pathFields().stream()
                  .anyMatch(path -> path.split("\\.", 2)[0].equals(field.getName()));
      if (!taken) {
        parameter(parameters, field.getName(), "query", false)
            .put("description", comments.of(field.getFullName()))
            .set("schema", schemas.of(field));
      }
    }
  }

  private void addBody(ObjectNode operation, HttpBinding binding) {
    if (binding.body().isEmpty()) {
      return;
    }
    ObjectNode schema =
        binding.body().equals("*")
            ? schemas.of(binding.contract().getInputType())
            : schemas.of(
                binding.contract().getInputType().findFieldByName(binding.body()).getMessageType());
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    body.putObject("content").putObject("application/json").set("schema", schema);
  }

  private void addIngest(ObjectNode paths) {
    for (String path : IngestPaths.SENSORS) {
      for (String verb : List.of("GET", "POST")) {
        ObjectNode operation = operation(paths, path, verb);
        operation.put(
            "operationId",
            "sensors_" + verb.toLowerCase(Locale.ROOT) + path.replaceAll("\\W", "_"));
        operation.putArray("tags").add("Ingest");
        operation.put(
            "description",
            "Sensors SDKs send records here: data or data_list, gzip, crc, in the body or the"
                + " query. 200 with an empty body means every record is on disk.");
        ArrayNode parameters = operation.putArray("parameters");
        parameter(parameters, "token", "query", false)
            .put("description", "Write key; the header Tenure-Key works too.")
            .set("schema", Json.MAPPER.createObjectNode().put("type", "string"));
        ingestResponses(operation);
      }
    }
    for (String path : IngestPaths.SEGMENT) {
      ObjectNode operation = operation(paths, path, "POST");
      operation.put("operationId", "segment" + path.replaceAll("\\W", "_"));
      operation.putArray("tags").add("Ingest");
      operation.put(
          "description",
          "Segment SDKs send calls here, with the write key as Basic user name, in the body or in"
              + " the query. 200 means every record is on disk. The path works with a slash at its"
              + " end too.");
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content")
          .putObject("application/json")
          .putObject("schema")
          .put("type", "object");
      ingestResponses(operation);
    }
  }

  private void addPublicConfigs(ObjectNode paths) {
    for (String path : PublicConfigRoutes.PATHS) {
      ObjectNode operation = operation(paths, path, "GET");
      operation.put("operationId", "sensors_get" + path.replaceAll("\\W", "_"));
      operation.putArray("tags").add("Ingest");
      operation.put(
          "description",
          "Sensors SDKs fetch their configuration here, without a key. 304 when v and nv say that"
              + " the SDK has it, 205 when it should ask again later.");
      parameter(operation.putArray("parameters"), "project", "query", false)
          .put("description", "Id of the project; without it 'default'.")
          .set("schema", Json.MAPPER.createObjectNode().put("type", "string"));
      operation.putArray("security");
      ObjectNode responses = operation.putObject("responses");
      responses.putObject("200").put("description", "The configuration, as Sensors defines it.");
      responses.putObject("304").put("description", "Nothing changed.");
      problem(responses);
    }
  }

  private void addSettings(ObjectNode paths) {
    ObjectNode segment = operation(paths, SdkSettings.SEGMENT, "GET");
    segment.put("operationId", "segment_settings");
    segment.putArray("tags").add("Ingest");
    segment.put("description", "Segment's browser SDK asks here where to send.");
    parameter(segment.putArray("parameters"), "writeKey", "path", true)
        .set("schema", Json.MAPPER.createObjectNode().put("type", "string"));
    ObjectNode rudder = operation(paths, SdkSettings.RUDDER, "GET");
    rudder.put("operationId", "rudder_sourceConfig");
    rudder.putArray("tags").add("Ingest");
    rudder.put("description", "Rudder's SDKs ask here for their source, with the write key.");
    for (ObjectNode operation : List.of(segment, rudder)) {
      ObjectNode responses = operation.putObject("responses");
      responses.putObject("200").put("description", "The settings.");
      problem(responses);
    }
  }

  private void ingestResponses(ObjectNode operation) {
    operation.putArray("security").addObject().putArray("writeKey");
    ObjectNode responses = operation.putObject("responses");
    responses.putObject("200").put("description", "Every record is on disk.");
    problem(responses);
  }

  private void addOfrep(ObjectNode paths) {
    for (String path : List.of(OfrepRoutes.SINGLE, OfrepRoutes.BULK)) {
      boolean single = path.equals(OfrepRoutes.SINGLE);
      ObjectNode operation = operation(paths, path, "POST");
      operation.put("operationId", single ? "ofrep_evaluateFlag" : "ofrep_evaluateFlags");
      operation.putArray("tags").add("OFREP");
      operation.put(
          "description",
          single
              ? "Evaluates one flag by the OpenFeature remote evaluation protocol 0.3."
              : "Evaluates all flags; If-None-Match with the last ETag answers 304 when nothing"
                  + " changed.");
      if (single) {
        parameter(operation.putArray("parameters"), "key", "path", true)
            .set("schema", Json.MAPPER.createObjectNode().put("type", "string"));
      }
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      ObjectNode schema =
          body.putObject("content").putObject("application/json").putObject("schema");
      schema.put("type", "object").putArray("required").add("context");
      ObjectNode context = schema.putObject("properties").putObject("context");
      context.put("type", "object").putArray("required").add("targetingKey");
      context.putObject("properties").putObject("targetingKey").put("type", "string");
      ObjectNode responses = operation.putObject("responses");
      responses.putObject("200").put("description", "The evaluation, as OFREP defines it.");
      if (single) {
        responses.putObject("404").put("description", "FLAG_NOT_FOUND, as OFREP defines it.");
      } else {
        responses.putObject("304").put("description", "Nothing changed since the given ETag.");
      }
      responses.putObject("400").put("description", "An OFREP error with errorCode.");
      problem(responses);
    }
  }

  private void addAbTest(ObjectNode paths) {
    ObjectNode operation = operation(paths, AbTestRoutes.PATH, "POST");
    operation.put("operationId", "abtest_results");
    operation.putArray("tags").add("Experiments");
    operation.put(
        "description",
        "What experiments decide for a user, in the form of the A/B SDKs of Sensors Data. The write"
            + " key can also be in the header project-key.");
    parameter(operation.putArray("parameters"), "project-key", "query", false)
        .set("schema", Json.MAPPER.createObjectNode().put("type", "string"));
    ObjectNode schema =
        operation
            .putObject("requestBody")
            .put("required", true)
            .putObject("content")
            .putObject("application/json")
            .putObject("schema");
    ObjectNode properties = schema.put("type", "object").putObject("properties");
    for (String text : List.of("login_id", "anonymous_id", "platform", "param_name")) {
      properties.putObject(text).put("type", "string");
    }
    for (String object : List.of("properties", "custom_properties", "custom_ids")) {
      properties.putObject(object).put("type", "object");
    }
    operation.putArray("security");
    ObjectNode responses = operation.putObject("responses");
    responses.putObject("200").put("description", "Status SUCCESS with the results.");
    responses.putObject("default").put("description", "Status FAILED with error_type and error.");
  }

  private void addOwn(ObjectNode paths) {
    ObjectNode operation = operation(paths, PATH, "GET");
    operation.put("operationId", "openapi");
    operation.put("description", "This document.");
    operation.putArray("security");
    operation
        .putObject("responses")
        .putObject("200")
        .put("description", "The document.")
        .putObject("content")
        .putObject("application/json");
  }

  private void addComponents() {
    ObjectNode components = document.putObject("components");
    ObjectNode all = schemas.all();
    ObjectNode problem = all.putObject("Problem").put("type", "object");
    problem.put("description", "RFC 9457.");
    ObjectNode members = problem.putObject("properties");
    Problems.members()
        .forEach(
            (name, text) ->
                members
                    .putObject(name)
                    .put("type", name.equals("status") ? "integer" : "string")
                    .put("description", text));
    ObjectNode violation = members.putObject("violations").put("type", "array").putObject("items");
    violation.put("type", "object");
    ObjectNode parts = violation.putObject("properties");
    parts.putObject("field").put("type", "string");
    parts.putObject("description").put("type", "string");
    components.set("schemas", all);
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    schemes
        .putObject("session")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "tenure_session");
    schemes.putObject("writeKey").put("type", "http").put("scheme", "basic");
    ArrayNode security = document.putArray("security");
    security.addObject().putArray("bearer");
    security.addObject().putArray("session");
  }

  private static ObjectNode operation(ObjectNode paths, String path, String verb) {
    ObjectNode item = paths.withObjectProperty(path);
    return item.putObject(verb.toLowerCase(Locale.ROOT));
  }

  private static ObjectNode parameter(
      ArrayNode parameters, String name, String in, boolean required) {
    return parameters.addObject().put("name", name).put("in", in).put("required", required);
  }

  private static void problem(ObjectNode responses) {
    responses
        .putObject("default")
        .put("description", "A problem.")
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }
}
