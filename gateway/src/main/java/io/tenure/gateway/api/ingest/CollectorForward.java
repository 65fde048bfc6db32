package io.tenure.gateway.api.ingest;

import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.domain.AccessKey;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Sends an admitted request to the collector: path, query and body exactly as received, the
 * credential replaced by what it stands for. The gateway's own forwarding handler is not used,
 * because it rebuilds query and form from parsed parameters, and a Sensors body carries a checksum
 * of its bytes.
 */
public final class CollectorForward {

  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "authorization",
          "proxy-authorization",
          "cookie",
          "forwarded",
          "x-api-key",
          "traceparent",
          "tracestate",
          "b3");

  private final ProxyExchange proxy;
  private final String collector;

  /** Forwards to the collector at an address. */
  public CollectorForward(ProxyExchange proxy, URI collector) {
    this.proxy = proxy;
    this.collector = collector.toString().replaceAll("/+$", "");
  }

  ServerResponse handle(ServerRequest request) {
    AccessKey key = (AccessKey) Objects.requireNonNull(request.attributes().get(IngestRoutes.KEY));
    return handle(
        request,
        request.servletRequest().getRequestURI(),
        key.project(),
        Set.copyOf(key.otherProjects()),
        key.caller().subject());
  }

  ServerResponse handle(
      ServerRequest request,
      String path,
      ProjectId project,
      Set<ProjectId> others,
      String subject) {
    HttpServletRequest servlet = request.servletRequest();
    ServerResponse response =
        proxy.exchange(
            proxy
                .request(request)
                .uri(target(servlet, path))
                .headers(headers(servlet, project, others, subject))
                .responseConsumer(
                    (reply, target) ->
                        reply
                            .getHeaders()
                            .forEach(
                                (name, values) -> {
                                  if (isForwarded(name)
                                      && !name.regionMatches(true, 0, "access-", 0, 7)) {
                                    target.headers().put(name, values);
                                  }
                                }))
                .build());
    if (response.statusCode().value() == 429) {
      close(request);
      throw Failure.unavailable("The collector is busy", Duration.ofSeconds(1));
    }
    return response;
  }

  private URI target(HttpServletRequest request, String path) {
    @Nullable String query = request.getQueryString();
    try {
      return URI.create(collector + path + (query == null ? "" : "?" + query));
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(400, "The query is malformed");
    }
  }

  private static HttpHeaders headers(
      HttpServletRequest servlet, ProjectId project, Set<ProjectId> others, String subject) {
    HttpHeaders headers = new HttpHeaders();
    // Not from the server request, which completes the content type with a charset.
    for (String name : Collections.list(servlet.getHeaderNames())) {
      if (isForwarded(name)) {
        headers.put(name, Collections.list(servlet.getHeaders(name)));
      }
    }
    headers.set("Tenure-Project", project.value());
    if (!others.isEmpty()) {
      headers.set(
          "Tenure-Other-Projects",
          others.stream().map(ProjectId::value).collect(Collectors.joining(",")));
    }
    headers.set("Tenure-Subject", subject);
    headers.set("X-Forwarded-For", servlet.getRemoteAddr());
    return headers;
  }

  private static boolean isForwarded(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !NOT_FORWARDED.contains(lower)
        && !lower.startsWith("tenure-")
        && !lower.startsWith("x-forwarded-");
  }

  private static void close(ServerRequest request) {
    ClientHttpResponse response = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_ATTR);
    if (response != null) {
      response.close();
    }
  }
}
