package io.tenure.gateway.api;

import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Person;
import io.tenure.gateway.domain.Project;
import io.tenure.gateway.domain.Register;
import io.tenure.gateway.domain.SignIn;
import io.tenure.gateway.domain.Visitor;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes an API request: a key or a session as bearer token, a key in {@code
 * X-API-Key}, or a session in the cookie. A request that changes something with a cookie also needs
 * the header {@code Tenure-Csrf}, which no foreign page can set.
 */
public final class Authentication {

  private static final Pattern SAFE_METHOD = Pattern.compile("GET|HEAD|OPTIONS");
  private static final String BEARER = "Bearer ";

  private final Register register;
  private final SignIn signIn;

  /** Authentication against a register and its sessions. */
  public Authentication(Register register, SignIn signIn) {
    this.register = register;
    this.signIn = signIn;
  }

  /**
   * The visitor.
   *
   * @throws Failure UNAUTHENTICATED without a valid credential, PERMISSION_DENIED without the
   *     header against forged requests, NOT_FOUND for a project that does not exist
   */
  public Visitor visitor(HttpServletRequest request) {
    Optional<String> token = token(request);
    if (token.isPresent()) {
      Optional<AccessKey> key = register.key(token.get());
      if (key.isPresent()) {
        return keyVisitor(key.get(), request);
      }
      return personVisitor(token.get(), request);
    }
    String session = Cookies.session(request).orElseThrow(Authentication::unauthenticated);
    Visitor visitor = personVisitor(session, request);
    if (!SAFE_METHOD.matcher(request.getMethod()).matches()
        && request.getHeader("Tenure-Csrf") == null) {
      throw Failure.of(
          Reason.PERMISSION_DENIED,
          "A change made with the cookie needs the header Tenure-Csrf: 1");
    }
    return visitor;
  }

  private static Optional<String> token(HttpServletRequest request) {
    @Nullable String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(authorization.substring(BEARER.length()).strip());
    }
    return Optional.ofNullable(request.getHeader("X-API-Key"));
  }

  private static Visitor keyVisitor(AccessKey key, HttpServletRequest request) {
    @Nullable String wanted = request.getHeader("Tenure-Project-Id");
    if (wanted != null && !wanted.equals(key.project().value())) {
      throw Failure.notFound("project", wanted);
    }
    return Visitor.of(key);
  }

  private Visitor personVisitor(String session, HttpServletRequest request) {
    Person person = signIn.use(session).orElseThrow(Authentication::unauthenticated);
    Caller caller =
        project(request)
            .map(project -> new Caller(project.id(), person.subject(), person.role()))
            .orElse(null);
    return new Visitor(person.role(), caller, person, session, null);
  }

  private Optional<Project> project(HttpServletRequest request) {
    List<Project> projects = register.projects();
    @Nullable String wanted = request.getHeader("Tenure-Project-Id");
    if (wanted == null) {
      return projects.stream().findFirst();
    }
    Optional<Project> found =
        projects.stream().filter(project -> project.id().value().equals(wanted)).findFirst();
    if (found.isEmpty()) {
      throw Failure.notFound("project", wanted);
    }
    return found;
  }

  private static Failure unauthenticated() {
    return Failure.of(Reason.UNAUTHENTICATED, "The request carries no valid credential");
  }
}
