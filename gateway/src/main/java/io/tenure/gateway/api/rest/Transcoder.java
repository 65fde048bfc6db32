package io.tenure.gateway.api.rest;

import com.google.protobuf.Message;
import io.grpc.ServiceDescriptor;
import io.tenure.gateway.api.Authentication;
import io.tenure.gateway.api.BoundedBody;
import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.api.Replies;
import io.tenure.gateway.api.SendingLimit;
import io.tenure.gateway.domain.Visitor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The REST API: every RPC of the contract that has a {@code google.api.http} annotation, and
 * nothing else. One handler serves them all.
 */
public final class Transcoder implements RouterFunction<ServerResponse> {

  private final List<Route> routes;
  private final Authentication authentication;
  private final SendingLimit limit;
  private final RequestReader requests;

  /**
   * A transcoder of these services.
   *
   * @param services the services and who answers them
   */
  public Transcoder(
      Map<ServiceDescriptor, Backend> services,
      Authentication authentication,
      SendingLimit limit,
      BoundedBody bodies) {
    List<Route> collected = new ArrayList<>();
    services.forEach(
        (service, backend) ->
            HttpBinding.of(service)
                .forEach(
                    binding ->
                        collected.add(new Route(binding, Rights.of(binding.contract()), backend))));
    for (Route route : collected) {
      if (route.binding().contract().isServerStreaming()) {
        Download.check(route.binding().contract().getOutputType());
      }
    }
    collected.sort(Comparator.comparing(route -> route.binding().template()));
    this.routes = List.copyOf(collected);
    this.authentication = authentication;
    this.limit = limit;
    this.requests = new RequestReader(bodies);
  }

  private record Route(HttpBinding binding, Rights rights, Backend backend) {}

  private record Match(Route route, Map<String, String> variables) {}

  /** Every route served. */
  public List<HttpBinding> bindings() {
    return routes.stream().map(Route::binding).toList();
  }

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    HttpServletRequest servlet = request.servletRequest();
    Map<String, Match> matches = matches(servlet.getRequestURI());
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    if (servlet.getDispatcherType() == DispatcherType.INCLUDE) {
      // Into a reply that is cut off Tomcat includes its error page, by the path of the request.
      return Optional.of(ignored -> ServerResponse.ok().build((cut, reply) -> null));
    }
    @Nullable Match match = matches.get(servlet.getMethod());
    if (match == null) {
      String allowed = String.join(", ", new TreeSet<>(matches.keySet()));
      return Optional.of(
          ignored -> {
            throw Refusal.method(allowed);
          });
    }
    ServerHttpObservationFilter.findObservationContext(servlet)
        .ifPresent(observation -> observation.setPathPattern(match.route().binding().path()));
    return Optional.of(ignored -> serve(match, servlet));
  }

  /** The best match for each HTTP method. */
  private Map<String, Match> matches(String path) {
    Map<String, Match> matches = new LinkedHashMap<>();
    for (Route route : routes) {
      route
          .binding()
          .template()
          .match(path)
          .ifPresent(
              variables ->
                  matches.putIfAbsent(route.binding().verb(), new Match(route, variables)));
    }
    return matches;
  }

  private ServerResponse serve(Match match, HttpServletRequest request) {
    Route route = match.route();
    Visitor visitor =
        route.rights() == Rights.EVERYBODY ? Visitor.NOBODY : authentication.visitor(request);
    route.rights().check(visitor);
    if (route.rights() == Rights.WRITERS) {
      limit.take(keyId(visitor), SendingLimit.Later.TOO_MANY_REQUESTS);
    }
    requireJsonReply(request);
    Message message = requests.read(route.binding(), match.variables(), request);
    Exchange exchange = new Exchange(visitor, request.getRemoteAddr(), request.isSecure());
    if (route.binding().contract().isServerStreaming()) {
      return Download.of(route.backend().stream(route.binding().method(), message, exchange));
    }
    Message reply = route.backend().call(route.binding().method(), message, exchange);
    return Replies.json(
        200,
        MessageWriter.write(reply),
        headers -> exchange.cookies().forEach(cookie -> headers.add("Set-Cookie", cookie)));
  }

  /** People have a bucket of their own. */
  private static String keyId(Visitor visitor) {
    return visitor.subject().replaceFirst("^key:", "");
  }

  private static void requireJsonReply(HttpServletRequest request) {
    @Nullable String accept = request.getHeader("Accept");
    if (accept == null || accept.isBlank()) {
      return;
    }
    boolean fits =
        MediaType.parseMediaTypes(accept).stream()
            .anyMatch(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON));
    if (!fits) {
      throw new Refusal(406, "The reply is application/json");
    }
  }
}
