package io.tenure.gateway.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of other origins send events, evaluate flags and say what was seen of them, as SDKs in
 * browsers do. All of it takes public keys; the session cookie is never sent across sites.
 */
public final class CrossOrigin extends OncePerRequestFilter {

  private final Predicate<String> open;

  /** Opens the paths the predicate accepts. */
  public CrossOrigin(Predicate<String> open) {
    this.open = open;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable String origin = request.getHeader("Origin");
    if (origin == null || !open.test(request.getRequestURI())) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Expose-Headers", "ETag, Retry-After");
    response.addHeader("Vary", "Origin");
    boolean preflight =
        request.getMethod().equals("OPTIONS")
            && request.getHeader("Access-Control-Request-Method") != null;
    if (!preflight) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Access-Control-Allow-Methods", "GET, POST");
    response.setHeader(
        "Access-Control-Allow-Headers",
        "AnonymousId, Authorization, Content-Type, Content-Encoding, Dry-Run, If-None-Match,"
            + " Project-Key, Tenure-Key, X-API-Key, X-Retry-Count");
    response.setHeader("Access-Control-Max-Age", "7200");
    response.setStatus(204);
  }
}
