package io.tenure.platform.embedded.clickhouse;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one HTTP request asks for, apart from its body.
 *
 * @param query the statement's beginning, if the URL carries it
 * @param settings ClickHouse settings for this statement only
 * @param parameters values of the statement's {@code {name:Type}} places
 * @param compressed whether the answer is to be in ClickHouse's own compressed frames
 * @param decompress whether the body is in such frames
 */
record StatementRequest(
    String path,
    boolean readOnly,
    boolean bodiless,
    String query,
    String queryId,
    String database,
    String format,
    Map<String, String> settings,
    Map<String, String> parameters,
    boolean compressed,
    boolean decompress,
    boolean awaitEnd,
    String contentEncoding,
    String acceptEncoding,
    Credentials credentials) {

  private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*");
  private static final String PARAMETER_PREFIX = "param_";

  /**
   * Parameters of the protocol that are no settings. {@code log_comment} is one, but the pool needs
   * it to find running statements.
   */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "query",
          "query_id",
          "database",
          "user",
          "password",
          "default_format",
          "compress",
          "decompress",
          "wait_end_of_query",
          "buffer_size",
          "log_comment",
          "stacktrace",
          "quota_key",
          "client_protocol_version",
          "enable_http_compression",
          "http_zlib_compression_level",
          "send_progress_in_http_headers",
          "http_headers_progress_interval_ms");

  private static final Set<String> REFUSED =
      Set.of("session_id", "session_timeout", "session_check", "role", "close_session");

  static StatementRequest of(HttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    Map<String, String> url = new LinkedHashMap<>();
    uri.parameters().forEach((name, values) -> url.put(name, last(values)));
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    url.forEach(
        (name, value) -> {
          if (name.startsWith(PARAMETER_PREFIX)) {
            parameters.put(name.substring(PARAMETER_PREFIX.length()), ParameterText.decode(value));
          } else if (!NO_SETTINGS.contains(name) && !REFUSED.contains(name)) {
            settings.put(name, value);
          }
        });
    HttpHeaders headers = request.headers();
    return new StatementRequest(
        uri.path(),
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD),
        request.method().equals(HttpMethod.HEAD),
        url.getOrDefault("query", ""),
        firstOf(
            url.get("query_id"),
            headers.get("X-ClickHouse-Query-Id"),
            UUID.randomUUID().toString()),
        firstOf(url.get("database"), headers.get("X-ClickHouse-Database"), "default"),
        firstOf(url.get("default_format"), headers.get("X-ClickHouse-Format"), "TabSeparated"),
        Map.copyOf(settings),
        Map.copyOf(parameters),
        isOn(url.get("compress")),
        isOn(url.get("decompress")),
        isOn(url.get("wait_end_of_query")),
        headers.get("Content-Encoding", "").toLowerCase(Locale.ROOT),
        isOn(url.get("enable_http_compression"))
            ? headers.get("Accept-Encoding", "").toLowerCase(Locale.ROOT)
            : "",
        Credentials.of(headers, url));
  }

  /** Refuses what this door does not offer, and what cannot be the name of a setting. */
  static void check(HttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    for (String name : uri.parameters().keySet()) {
      if (REFUSED.contains(name)) {
        throw new EngineException(
            ErrorCode.NOT_IMPLEMENTED,
            "The embedded engine has no sessions and no roles, so it refuses the parameter "
                + name);
      }
      if (!name.startsWith(PARAMETER_PREFIX) && !SETTING_NAME.matcher(name).matches()) {
        throw new EngineException(ErrorCode.BAD_ARGUMENTS, "Not the name of a setting: " + name);
      }
    }
    if (request.headers().get("Content-Type", "").startsWith("multipart/")) {
      throw new EngineException(
          ErrorCode.NOT_IMPLEMENTED, "The embedded engine takes no multipart bodies");
    }
  }

  /** True for a request that asks for nothing, which ClickHouse answers with "Ok.". */
  boolean isGreeting() {
    return path.equals("/") && readOnly && query.isEmpty();
  }

  private static boolean isOn(@Nullable String value) {
    return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
  }

  private static String last(List<String> values) {
    return values.getLast();
  }

  private static String firstOf(@Nullable String first, @Nullable String second, String third) {
    if (first != null && !first.isEmpty()) {
      return first;
    }
    return second != null && !second.isEmpty() ? second : third;
  }
}
