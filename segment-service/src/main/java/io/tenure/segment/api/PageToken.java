package io.tenure.segment.api;

import io.tenure.platform.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Where the next page starts, as text that callers hand back without reading it. */
final class PageToken {

  private static final String SEPARATOR = "\n";

  private PageToken() {}

  static String of(Object... parts) {
    String text = String.join(SEPARATOR, List.of(parts).stream().map(Object::toString).toList());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a token, or returns the start for an empty one. */
  static <T> T read(String token, T start, Function<List<String>, T> parse) {
    return token.isEmpty() ? start : parse(token, parse);
  }

  /** Reads a token that is not empty. */
  static <T> T parse(String token, Function<List<String>, T> parse) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return parse.apply(List.of(text.split(SEPARATOR, -1)));
    } catch (RuntimeException malformed) {
      throw Failure.invalid("page_token", "is not one this service gave out");
    }
  }

  /** The size of a page: the given one or the default, or a failure beyond the limit. */
  static int size(int given, int standard, int most) {
    if (given < 0 || given > most) {
      throw Failure.invalid("page_size", "must be 1 to " + most + ", or 0 for " + standard);
    }
    return given == 0 ? standard : given;
  }
}
