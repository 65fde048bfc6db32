package io.tenure.gateway.api.ofrep;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.gateway.api.Authentication;
import io.tenure.gateway.api.BoundedBody;
import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.api.Replies;
import io.tenure.gateway.api.rest.MessageReader;
import io.tenure.gateway.api.rest.MessageWriter;
import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Visitor;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsResponse;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The OpenFeature remote evaluation protocol, version 0.3: any OpenFeature SDK reads flags here.
 * Its errors have the protocol's own form, and so has a missing credential where one flag is asked
 * for, since providers read that reply; everything else, like an outage, is a problem document.
 */
public final class OfrepRoutes {

  /** Where one flag is evaluated. */
  public static final String SINGLE = "/ofrep/v1/evaluate/flags/{key}";

  /** Where all flags are evaluated. */
  public static final String BULK = "/ofrep/v1/evaluate/flags";

  /** How a client says which change made it ask. */
  private static final String HEARD = "flagConfigEtag";

  private final Authentication authentication;
  private final BoundedBody bodies;
  private final FlagServiceGrpc.FlagServiceBlockingStub flags;

  /** Evaluation by the flag service behind a channel. */
  public OfrepRoutes(Authentication authentication, BoundedBody bodies, Channel flags) {
    this.authentication = authentication;
    this.bodies = bodies;
    this.flags = FlagServiceGrpc.newBlockingStub(flags);
  }

  /** The routes. */
  public RouterFunction<ServerResponse> router() {
    return RouterFunctions.route()
        .route(RequestPredicates.path(SINGLE), this::single)
        .route(RequestPredicates.path(BULK), this::bulk)
        .build();
  }

  /** A request the protocol has an error code for. */
  private static final class Unfit extends Exception {

    private final String code;
    private final String details;

    Unfit(String code, String details) {
      super(details, null, false, false);
      this.code = code;
      this.details = details;
    }
  }

  private record Context(String targetingKey, JsonNode attributes) {}

  private ServerResponse single(ServerRequest request) {
    String key = request.pathVariable("key");
    try {
      Visitor visitor = visitor(request);
      Context context = context(request);
      Evaluation evaluation =
          call(
              visitor,
              () ->
                  flags
                      .evaluateFlag(
                          EvaluateFlagRequest.newBuilder()
                              .setFlagKey(key)
                              .setTargetingKey(context.targetingKey())
                              .setContext(MessageReader.struct(context.attributes()))
                              .build())
                      .getEvaluation());
      return Replies.json(200, body(json -> write(json, evaluation)), headers -> {});
    } catch (Unfit unfit) {
      return error(400, key, unfit.code, unfit.details);
    } catch (Failure failure) {
      return switch (failure.reason()) {
        case NOT_FOUND -> error(404, key, "FLAG_NOT_FOUND", failure.text());
        case INVALID_ARGUMENT -> error(400, key, "INVALID_CONTEXT", failure.text());
        case UNAUTHENTICATED -> unauthenticated(key, failure.text());
        case PERMISSION_DENIED -> error(403, key, "GENERAL", failure.text());
        case ALREADY_EXISTS,
            FAILED_PRECONDITION,
            ABORTED,
            RESOURCE_EXHAUSTED,
            DEADLINE_EXCEEDED,
            UNAVAILABLE,
            CANCELLED,
            INTERNAL ->
            throw failure;
      };
    }
  }

  private ServerResponse bulk(ServerRequest request) {
    try {
      Visitor visitor = visitor(request);
      Context context = context(request);
      EvaluateFlagsResponse decided =
          call(
              visitor,
              () ->
                  flags.evaluateFlags(
                      EvaluateFlagsRequest.newBuilder()
                          .setTargetingKey(context.targetingKey())
                          .setContext(MessageReader.struct(context.attributes()))
                          .setEtag(knownEtag(request))
                          .setHeardVersion(request.param(HEARD).orElse(""))
                          .build()));
      String etag = '"' + decided.getEtag() + '"';
      return decided.getNotModified()
          ? Replies.empty(304, Map.of("ETag", etag))
          : Replies.json(
              200,
              body(json -> write(json, decided, visitor.key())),
              headers -> headers.set("ETag", etag));
    } catch (Unfit unfit) {
      return error(400, "", unfit.code, unfit.details);
    } catch (Failure failure) {
      if (failure.reason() == Reason.INVALID_ARGUMENT) {
        return error(400, "", "INVALID_CONTEXT", failure.text());
      }
      throw failure;
    }
  }

  /**
   * What the caller has, without its quotes and the mark that a proxy may have weakened it with.
   */
  private static String knownEtag(ServerRequest request) {
    @Nullable String known = request.servletRequest().getHeader("If-None-Match");
    return known == null ? "" : known.strip().replaceFirst("^W/", "").replace("\"", "");
  }

  private Visitor visitor(ServerRequest request) {
    HttpServletRequest servlet = request.servletRequest();
    if (!servlet.getMethod().equals("POST")) {
      throw Refusal.method("POST");
    }
    return authentication.visitor(servlet);
  }

  private Context context(ServerRequest request) throws Unfit {
    JsonNode body;
    try {
      body = Json.MAPPER.readTree(bodies.read(request.servletRequest()));
    } catch (JacksonException malformed) {
      throw new Unfit("PARSE_ERROR", "The body is not valid JSON");
    }
    JsonNode context = body.path("context");
    if (!context.isObject()) {
      throw new Unfit("INVALID_CONTEXT", "The body must have an object 'context'");
    }
    JsonNode targetingKey = context.path("targetingKey");
    if (!targetingKey.isString() || targetingKey.stringValue().isEmpty()) {
      throw new Unfit("TARGETING_KEY_MISSING", "The context must have a 'targetingKey'");
    }
    return new Context(targetingKey.stringValue(), context);
  }

  private static <T> T call(Visitor visitor, Callable<T> action) {
    try {
      return CallerContext.as(visitor.caller(), action);
    } catch (StatusRuntimeException status) {
      throw FailureStatus.fromStatus(status);
    }
  }

  private static void write(
      JsonGenerator json, EvaluateFlagsResponse decided, @Nullable AccessKey key) {
    json.writeStartObject();
    json.writeName("flags");
    json.writeStartArray();
    for (Evaluation evaluation : decided.getEvaluationsList()) {
      write(json, evaluation);
    }
    json.writeEndArray();
    if (key != null) {
      writeStreams(json, FlagEventRoutes.path(key.watchName(), decided.getVersion()));
    }
    json.writeEndObject();
  }

  /** Where changes are told; the origin is the one the caller uses. */
  private static void writeStreams(JsonGenerator json, String path) {
    json.writeName("eventStreams");
    json.writeStartArray();
    json.writeStartObject();
    json.writeStringProperty("type", "sse");
    json.writeName("endpoint");
    json.writeStartObject();
    json.writeStringProperty("requestUri", path);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Evaluation evaluation) {
    json.writeStartObject();
    json.writeStringProperty("key", evaluation.getFlagKey());
    // Without a value the program takes its own.
    if (!evaluation.getValue().hasNullValue()) {
      json.writeName("value");
      MessageWriter.writeValue(json, evaluation.getValue());
    }
    json.writeStringProperty(
        "reason",
        switch (evaluation.getReason()) {
          case REASON_STATIC -> "STATIC";
          case REASON_TARGETING_MATCH -> "TARGETING_MATCH";
          case REASON_SPLIT -> "SPLIT";
          case REASON_DISABLED -> "DISABLED";
          case REASON_DEFAULT -> "DEFAULT";
          case REASON_UNSPECIFIED, UNRECOGNIZED -> "UNKNOWN";
        });
    json.writeStringProperty("variant", evaluation.getVariant());
    json.writeName("metadata");
    json.writeStartObject();
    if (!evaluation.getRule().isEmpty()) {
      json.writeStringProperty("rule", evaluation.getRule());
    }
    if (!evaluation.getExperiment().isEmpty()) {
      json.writeStringProperty("experiment", evaluation.getExperiment());
      json.writeStringProperty("exposureToken", evaluation.getExposureToken());
    }
    if (evaluation.getDegraded()) {
      json.writeBooleanProperty("degraded", true);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static ServerResponse unauthenticated(String key, String details) {
    return error(
        401, key, "GENERAL", details, headers -> headers.set("WWW-Authenticate", "Bearer"));
  }

  private static ServerResponse error(int status, String key, String code, String details) {
    return error(status, key, code, details, headers -> {});
  }

  private static ServerResponse error(
      int status, String key, String code, String details, Consumer<HttpHeaders> headers) {
    return Replies.json(
        status,
        body(
            json -> {
              json.writeStartObject();
              Optional.of(key)
                  .filter(text -> !text.isEmpty())
                  .ifPresent(text -> json.writeStringProperty("key", text));
              json.writeStringProperty("errorCode", code);
              json.writeStringProperty("errorDetails", details);
              // Optional in the protocol, but the Java provider fails without it.
              json.writeName("metadata");
              json.writeStartObject();
              json.writeEndObject();
              json.writeEndObject();
            }),
        headers);
  }

  private static byte[] body(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      content.accept(json);
    }
    return out.toByteArray();
  }
}
