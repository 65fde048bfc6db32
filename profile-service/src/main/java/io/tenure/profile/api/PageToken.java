package io.tenure.profile.api;

import com.google.protobuf.Message;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;

/**
 * Where the next page starts, as text that callers hand back without reading it. It knows the
 * question it belongs to, so that the page of another question can't be asked for by mistake.
 */
final class PageToken {

  private PageToken() {}

  /**
   * A token.
   *
   * @param question the request without its page
   */
  static String write(Message question, List<String> place) {
    List<String> parts = new ArrayList<>();
    parts.add(checksum(question));
    parts.addAll(place);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(parts).getBytes(StandardCharsets.UTF_8));
  }

  /** The place a token names; empty for no token. */
  static <T> Optional<T> read(String token, Message question, Function<List<String>, T> parse) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> parts = new ArrayList<>();
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      for (JsonNode part : Json.read(text)) {
        parts.add(part.stringValue());
      }
      if (parts.removeFirst().equals(checksum(question))) {
        return Optional.of(parse.apply(parts));
      }
    } catch (RuntimeException malformed) {
      throw Failure.invalid("page_token", "is not one this service gave out");
    }
    throw Failure.invalid("page_token", "belongs to another question");
  }

  /** The size of a page: the given one or the default, or a failure beyond the limit. */
  static int size(int given, int standard, int most) {
    if (given < 0 || given > most) {
      throw Failure.invalid("page_size", "must be 1 to " + most + ", or 0 for " + standard);
    }
    return given == 0 ? standard : given;
  }

  private static String checksum(Message question) {
    CRC32C checksum = new CRC32C();
    checksum.update(question.toByteArray());
    return Long.toHexString(checksum.getValue());
  }
}
