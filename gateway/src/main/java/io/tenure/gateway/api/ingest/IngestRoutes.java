package io.tenure.gateway.api.ingest;

import io.tenure.gateway.api.BoundedBody;
import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.api.SendingLimit;
import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Register;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import java.util.Optional;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The routes on which SDKs send events. A request passes: method, size, key, limit, body, breaker,
 * and then goes to the collector byte for byte.
 */
public final class IngestRoutes {

  /** Request attribute with the key of the request. */
  static final String KEY = IngestRoutes.class.getName() + ".KEY";

  private final IngestPaths paths;
  private final Register register;
  private final BoundedBody bodies;
  private final SendingLimit limit;
  private final CollectorBreaker breaker;
  private final CollectorForward forward;

  /** Routes to a collector. */
  public IngestRoutes(
      IngestPaths paths,
      Register register,
      BoundedBody bodies,
      SendingLimit limit,
      CollectorBreaker breaker,
      CollectorForward forward) {
    this.paths = paths;
    this.register = register;
    this.bodies = bodies;
    this.limit = limit;
    this.breaker = breaker;
    this.forward = forward;
  }

  /** The routes. */
  public RouterFunction<ServerResponse> router() {
    HandlerFilterFunction<ServerResponse, ServerResponse> door = this::admit;
    return GatewayRouterFunctions.route("ingest")
        .route(request -> paths.contains(request.servletRequest().getRequestURI()), forward::handle)
        .filter(door.andThen(breaker))
        .build();
  }

  private ServerResponse admit(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    HttpServletRequest servlet = request.servletRequest();
    IngestPaths.Dialect dialect =
        paths.dialect(servlet.getRequestURI()).orElseThrow(Refusal::unknownPath);
    if (!dialect.answers(servlet.getMethod())) {
      throw Refusal.method(dialect.methods());
    }
    bodies.check(servlet);
    Optional<String> outside = IngestCredential.outside(servlet);
    boolean inBody = outside.isEmpty() && dialect == IngestPaths.Dialect.SEGMENT;
    Optional<AccessKey> known = inBody ? Optional.empty() : Optional.of(admit(outside, dialect));
    try (BoundedBody.Held body = bodies.hold(servlet)) {
      AccessKey key =
          known.orElseGet(() -> admit(IngestCredential.inBody(body.content()), dialect));
      ServerRequest admitted =
          ServerRequest.create(
              new AdmittedRequest(servlet, new BodyStream(body.content())), List.of());
      admitted.attributes().put(KEY, key);
      return next.handle(admitted);
    }
  }

  /** The key, when it is one and has not sent too much. */
  private AccessKey admit(Optional<String> text, IngestPaths.Dialect dialect) {
    AccessKey key =
        text.flatMap(register::key)
            .orElseThrow(
                () -> Failure.of(Reason.UNAUTHENTICATED, "The request carries no valid write key"));
    limit.take(key.id(), dialect.later());
    return key;
  }

  /** The request with the body that is left to forward. */
  private static final class AdmittedRequest extends HttpServletRequestWrapper {

    private final BodyStream body;

    AdmittedRequest(HttpServletRequest request, BodyStream body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return body;
    }
  }
}
