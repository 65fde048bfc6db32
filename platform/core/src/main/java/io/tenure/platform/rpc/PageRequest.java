package io.tenure.platform.rpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;

/**
 * Which page of a list a request asks for, by its fields {@code page_size} and {@code page_token}.
 * A token is text that callers hand back without reading it. It knows the question it belongs to,
 * so that the page of another question can't be asked for by mistake.
 */
public final class PageRequest {

  private static final String SIZE = "page_size";
  private static final String TOKEN = "page_token";

  private final int size;
  private final String token;
  private final String question;

  private PageRequest(int size, String token, String question) {
    this.size = size;
    this.token = token;
    this.question = question;
  }

  /**
   * The page a request asks for.
   *
   * @param standard the size of a page when the request names none
   * @param most the largest size of a page
   * @param besides other fields that may change from page to page
   * @throws Failure INVALID_ARGUMENT for a size below 0 or above the largest
   */
  public static PageRequest of(Message request, int standard, int most, String... besides) {
    Message.Builder question = request.toBuilder();
    question.clearField(field(request, SIZE)).clearField(field(request, TOKEN));
    for (String name : besides) {
      question.clearField(field(request, name));
    }
    return new PageRequest(
        size((Integer) request.getField(field(request, SIZE)), standard, most),
        (String) request.getField(field(request, TOKEN)),
        checksum(question.build()));
  }

  /** The size of a page: the given one or, for 0, the standard; for lists of one page. */
  public static int size(int given, int standard, int most) {
    if (given < 0 || given > most) {
      throw Failure.invalid(SIZE, "must be 1 to " + most + ", or 0 for " + standard);
    }
    return given == 0 ? standard : given;
  }

  /** How many entries the page has at most. */
  public int size() {
    return size;
  }

  /** How many entries to look for: the one beyond the page tells whether another page follows. */
  public int oneMore() {
    return size + 1;
  }

  /**
   * The id of the last entry before the page; empty for the first page.
   *
   * @throws Failure INVALID_ARGUMENT for a token that is not of this list
   */
  public String after() {
    return after(List::getFirst).orElse("");
  }

  /**
   * The place of the last entry before the page; empty for the first page.
   *
   * @throws Failure INVALID_ARGUMENT for a token that is not of this list
   */
  public <T> Optional<T> after(Function<List<String>, T> parse) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> parts = new ArrayList<>();
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      for (JsonNode part : Json.read(text)) {
        parts.add(part.stringValue());
      }
      if (parts.removeFirst().equals(question)) {
        return Optional.of(parse.apply(parts));
      }
    } catch (RuntimeException malformed) {
      throw Failure.invalid(TOKEN, "is not one this service gave out");
    }
    throw Failure.invalid(TOKEN, "belongs to another question");
  }

  /**
   * Hands on the entries of the page.
   *
   * @param found the entries from the page's first on, {@link #oneMore} at most
   * @return the token of the next page, empty after the last
   */
  public <T> String fill(List<T> found, Function<T, String> id, Consumer<T> page) {
    found.stream().limit(size).forEach(page);
    return found.size() > size ? next(id.apply(found.get(size - 1))) : "";
  }

  /** The token of the page after a place, of as many parts as it needs. */
  public String next(String... place) {
    return next(List.of(place));
  }

  /** The token of the page after a place. */
  public String next(List<String> place) {
    List<String> parts = new ArrayList<>();
    parts.add(question);
    parts.addAll(place);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(parts).getBytes(StandardCharsets.UTF_8));
  }

  private static FieldDescriptor field(Message request, String name) {
    return Objects.requireNonNull(
        request.getDescriptorForType().findFieldByName(name), () -> "No field " + name);
  }

  private static String checksum(Message question) {
    CRC32C checksum = new CRC32C();
    checksum.update(question.toByteArray());
    return Long.toHexString(checksum.getValue());
  }
}
