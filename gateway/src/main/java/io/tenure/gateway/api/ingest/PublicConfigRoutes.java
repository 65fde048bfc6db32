package io.tenure.gateway.api.ingest;

import io.tenure.gateway.api.Query;
import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.domain.Project;
import io.tenure.gateway.domain.Register;
import io.tenure.platform.tenancy.ProjectId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What Sensors SDKs fetch before they send anything. They send no key then, only the project's
 * name, so nothing that is served here may be secret.
 */
public final class PublicConfigRoutes {

  /** Where it is fetched. */
  public static final List<String> PATHS =
      List.of(
          "/config/Android.conf",
          "/config/iOS.conf",
          "/config/visualized/Android.conf",
          "/config/visualized/iOS.conf",
          "/config/visualized/Web.conf",
          "/mp_login");

  /** The project of an SDK whose address names none. */
  private static final String UNNAMED = "default";

  private final IngestPaths paths;
  private final Register register;
  private final CollectorBreaker breaker;
  private final CollectorForward forward;

  /** Routes to a collector. */
  public PublicConfigRoutes(
      IngestPaths paths, Register register, CollectorBreaker breaker, CollectorForward forward) {
    this.paths = paths;
    this.register = register;
    this.breaker = breaker;
    this.forward = forward;
  }

  /** The routes. */
  public RouterFunction<ServerResponse> router() {
    return GatewayRouterFunctions.route("public-config")
        .route(request -> known(request.servletRequest()).isPresent(), this::handle)
        .filter(breaker)
        .build();
  }

  /** SDKs put these paths beside the one they send to, whatever it is. */
  private Optional<String> known(HttpServletRequest request) {
    String asked = request.getRequestURI();
    return PATHS.stream()
        .filter(
            path ->
                asked.endsWith(path)
                    && paths.roots().contains(asked.substring(0, asked.length() - path.length())))
        .findFirst();
  }

  private ServerResponse handle(ServerRequest request) {
    HttpServletRequest servlet = request.servletRequest();
    if (!servlet.getMethod().equals("GET")) {
      throw Refusal.method("GET");
    }
    String name = Query.first(servlet.getQueryString(), "project").orElse(UNNAMED);
    ProjectId project =
        register.projects().stream()
            .map(Project::id)
            .filter(id -> id.value().equals(name))
            .findFirst()
            .orElseThrow(() -> new Refusal(404, "There is no such project"));
    return forward.handle(request, known(servlet).orElseThrow(), project, Set.of(), "public");
  }
}
