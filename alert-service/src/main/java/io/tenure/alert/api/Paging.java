package io.tenure.alert.api;

import io.tenure.alert.domain.Position;
import io.tenure.platform.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Page sizes and page tokens; a token is a place in the list, opaque to the caller. */
final class Paging {

  private static final int MOST = 1000;

  private Paging() {}

  static int size(int asked, int usual) {
    if (asked < 0 || asked > MOST) {
      throw Failure.invalid("page_size", "must be 1 to " + MOST + ", or 0 for " + usual);
    }
    return asked == 0 ? usual : asked;
  }

  static String token(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  static String id(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw invalid();
    }
  }

  static String token(Position position) {
    return token(position.time().toEpochMilli() + " " + position.id());
  }

  static Position position(String token) {
    if (token.isEmpty()) {
      return Position.START;
    }
    String text = id(token);
    int space = text.indexOf(' ');
    try {
      return new Position(
          Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(space, 0)))),
          text.substring(space + 1));
    } catch (NumberFormatException malformed) {
      throw invalid();
    }
  }

  private static Failure invalid() {
    return Failure.invalid("page_token", "is not a token of this list");
  }
}
