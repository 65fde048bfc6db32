package io.tenure.gateway.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/** The session cookie: never readable by scripts, never sent along by other sites. */
public final class Cookies {

  private static final String NAME = "tenure_session";

  private Cookies() {}

  /** The session token a request carries. */
  public static Optional<String> session(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(NAME)) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  /** Text that sets the cookie until the browser closes. */
  public static String set(String token, boolean secure) {
    return cookie(token, secure).build().toString();
  }

  /** Text that removes the cookie. */
  public static String clear(boolean secure) {
    return cookie("", secure).maxAge(Duration.ZERO).build().toString();
  }

  private static ResponseCookie.ResponseCookieBuilder cookie(String value, boolean secure) {
    return ResponseCookie.from(NAME, value)
        .httpOnly(true)
        .secure(secure)
        .sameSite("Strict")
        .path("/");
  }
}
