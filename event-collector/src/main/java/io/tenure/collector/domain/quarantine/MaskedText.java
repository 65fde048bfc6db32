package io.tenure.collector.domain.quarantine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Shows how a record is built and nothing of what it says: every value becomes its kind and a class
 * of its length. It reads letter by letter and never fails, because the records it must show are
 * the broken ones.
 *
 * <p>In valid JSON the names of fields stay as far as they look like names; in broken JSON, where a
 * value can stand where a name should, only those every record has.
 */
public final class MaskedText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$ .-]{0,99}");
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "event",
          "name",
          "time",
          "properties",
          "distinct_id",
          "login_id",
          "anonymous_id",
          "identities",
          "original_id",
          "lib",
          "$lib",
          "$lib_version",
          "_track_id",
          "project",
          "messageId",
          "userId",
          "anonymousId",
          "timestamp",
          "originalTimestamp",
          "sentAt",
          "context",
          "traits",
          "library",
          "version",
          "batch",
          "event_id",
          "event_time");

  private final String text;
  private final boolean valid;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Character> open = new ArrayDeque<>();
  private int at;

  private MaskedText(byte[] bytes) {
    this.text = new String(bytes, StandardCharsets.UTF_8);
    this.valid = isJson(bytes);
  }

  /** The masked form of a record. */
  public static String of(byte[] record) {
    return new MaskedText(record).mask();
  }

  /** The masked form of a text. */
  public static String of(String record) {
    return of(record.getBytes(StandardCharsets.UTF_8));
  }

  private String mask() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '{', '[' -> {
          open.push(c);
          punctuation(c);
        }
        case '}', ']' -> {
          open.poll();
          punctuation(c);
        }
        case ',', ':', ' ', '\t', '\r', '\n' -> punctuation(c);
        case '"' -> string();
        default -> word();
      }
    }
    return out.toString();
  }

  private void punctuation(char c) {
    out.append(c);
    at++;
  }

  private void string() {
    int from = ++at;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, text.length());
    String content = text.substring(from, at);
    boolean closed = at < text.length();
    at = Math.min(at + 1, text.length());
    String shown = isName(content) ? content : "text" + lengthClass(content.length());
    out.append('"').append(shown).append(closed ? "\"" : "");
  }

  private boolean isName(String content) {
    Character around = open.peek();
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    boolean key =
        around != null && around == '{' && next < text.length() && text.charAt(next) == ':';
    return key && (valid ? NAME.matcher(content).matches() : KNOWN.contains(content));
  }

  private void word() {
    int from = at;
    while (at < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    if (word.equals("true") || word.equals("false")) {
      out.append("true");
    } else if (word.equals("null")) {
      out.append("null");
    } else if (valid) {
      // A number stays one: its class of length in nines.
      out.append(word.contains(".") ? "9." : "").append("9".repeat(roundedUp(word.length(), 64)));
    } else {
      out.append('<').append(lengthClass(word.length())).append('>');
    }
  }

  private static String lengthClass(int length) {
    return length == 0 ? "0" : "≤" + roundedUp(length, 1 << 30);
  }

  /** Up to the next power of two, so that the length itself tells little. */
  private static int roundedUp(int length, int most) {
    int highest = Integer.highestOneBit(Math.max(1, length));
    return Math.min(most, highest == length ? length : highest << 1);
  }

  private static boolean isJson(byte[] bytes) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      int depth = 0;
      int roots = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (depth == 0 && !token.isStructEnd()) {
          roots++;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return roots == 1;
    } catch (JacksonException notJson) {
      return false;
    }
  }
}
