package io.tenure.platform.embedded.clickhouse;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

/**
 * A user name and password, found where ClickHouse's protocol allows them: Basic authorization, its
 * own headers, or the URL.
 */
record Credentials(String user, String password) {

  private static final String BASIC = "Basic ";

  static Credentials of(HttpHeaders headers, Map<String, String> parameters) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basic(authorization.substring(BASIC.length()).strip());
    }
    String user = headers.get("X-ClickHouse-User");
    String key = headers.get("X-ClickHouse-Key");
    if (user != null || key != null) {
      return new Credentials(user == null ? "default" : user, key == null ? "" : key);
    }
    return new Credentials(
        parameters.getOrDefault("user", "default"), parameters.getOrDefault("password", ""));
  }

  /** Throws ClickHouse's own answer unless these are the given ones. */
  void require(Credentials expected) {
    boolean sameUser = same(user, expected.user);
    boolean samePassword = same(password, expected.password);
    if (!sameUser || !samePassword) {
      throw new EngineException(
          ErrorCode.AUTHENTICATION_FAILED,
          "Authentication failed: password is incorrect, or there is no user with such name");
    }
  }

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }

  private static Credentials basic(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      return colon < 0
          ? new Credentials(decoded, "")
          : new Credentials(decoded.substring(0, colon), decoded.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return new Credentials("", "");
    }
  }

  private static boolean same(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
