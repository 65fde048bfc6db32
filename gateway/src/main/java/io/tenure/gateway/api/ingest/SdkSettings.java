package io.tenure.gateway.api.ingest;

import io.tenure.gateway.api.Query;
import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.api.Replies;
import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Register;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the browser SDKs ask before they send: which destinations there are (none but this server)
 * and where to. Needs a write key, which is public.
 */
public final class SdkSettings {

  /** Of Segment's browser SDK. */
  public static final String SEGMENT = "/v1/projects/{writeKey}/settings";

  /** Of Rudder's SDKs. */
  public static final String RUDDER = "/sourceConfig";

  private static final String SEGMENT_BEGIN = "/v1/projects/";
  private static final String SEGMENT_END = "/settings";

  private final Register register;
  private final String publicUrl;

  /**
   * Settings.
   *
   * @param publicUrl where SDKs reach the gateway; empty means where they asked
   */
  public SdkSettings(Register register, String publicUrl) {
    this.register = register;
    this.publicUrl = publicUrl;
  }

  /** Whether settings are at a path. */
  public static boolean contains(String path) {
    return isSegment(path) || isRudder(path);
  }

  /** The routes. */
  public RouterFunction<ServerResponse> router() {
    RequestPredicate here = request -> contains(request.servletRequest().getRequestURI());
    return RouterFunctions.route(here, request -> answer(request.servletRequest()));
  }

  private ServerResponse answer(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")) {
      throw Refusal.method("GET");
    }
    String path = request.getRequestURI();
    ObjectNode settings = isRudder(path) ? rudder(request) : segment(request);
    return Replies.json(
        200,
        Json.MAPPER.writeValueAsBytes(settings),
        headers -> headers.setCacheControl("public, max-age=60"));
  }

  /** The SDK adds the first letter of the call's type to the address. */
  private ObjectNode segment(HttpServletRequest request) {
    String path = request.getRequestURI();
    String text = path.substring(SEGMENT_BEGIN.length(), path.length() - SEGMENT_END.length());
    require(Optional.of(text));
    URI address = address(request);
    ObjectNode settings = Json.MAPPER.createObjectNode();
    ObjectNode segment = settings.putObject("integrations").putObject("Segment.io");
    segment.put("apiKey", text);
    segment.put("apiHost", address.getRawAuthority() + "/v1");
    segment.put("protocol", address.getScheme());
    segment.putArray("unbundledIntegrations");
    segment.put("addBundledMetadata", true);
    settings.putObject("plan").putObject("track");
    // Otherwise the SDK reports on itself to its maker.
    settings.putObject("metrics").put("sampleRate", 0);
    return settings;
  }

  private ObjectNode rudder(HttpServletRequest request) {
    AccessKey key =
        require(
            IngestCredential.inHeader(request)
                .or(() -> Query.first(request.getQueryString(), "writeKey")));
    ObjectNode settings = Json.MAPPER.createObjectNode();
    ObjectNode source = settings.putObject("source");
    source.put("id", key.id());
    source.put("name", key.project().value());
    source.put("enabled", true);
    source.put("updatedAt", key.createTime().toString());
    ObjectNode reports = source.putObject("config").putObject("statsCollection");
    reports.putObject("errors").put("enabled", false);
    reports.putObject("metrics").put("enabled", false);
    source.putArray("destinations");
    return settings;
  }

  private AccessKey require(Optional<String> text) {
    return text.flatMap(register::key)
        .filter(key -> key.kind() == AccessKey.Kind.WRITE)
        .orElseThrow(
            () -> Failure.of(Reason.UNAUTHENTICATED, "The request carries no valid write key"));
  }

  private URI address(HttpServletRequest request) {
    if (!publicUrl.isEmpty()) {
      return URI.create(publicUrl);
    }
    @Nullable String host = request.getHeader("Host");
    try {
      return URI.create(request.getScheme() + "://" + (host == null ? "" : host));
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(400, "The host is malformed");
    }
  }

  private static boolean isSegment(String path) {
    int key = path.length() - SEGMENT_BEGIN.length() - SEGMENT_END.length();
    return key > 0
        && path.startsWith(SEGMENT_BEGIN)
        && path.endsWith(SEGMENT_END)
        && path.indexOf('/', SEGMENT_BEGIN.length()) == path.length() - SEGMENT_END.length();
  }

  private static boolean isRudder(String path) {
    return path.equals(RUDDER) || path.equals(RUDDER + "/");
  }
}
