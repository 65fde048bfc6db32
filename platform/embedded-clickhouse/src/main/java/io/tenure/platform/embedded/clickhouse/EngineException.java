package io.tenure.platform.embedded.clickhouse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement the engine, or the door before it, refused; carries ClickHouse's own error code and
 * text.
 */
final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");

  private final int code;

  EngineException(String text) {
    super(
        text.startsWith("Code: ") ? text : "Code: " + codeIn(text) + ". DB::Exception: " + text,
        null,
        false,
        false);
    this.code = codeIn(text);
  }

  EngineException(ErrorCode code, String text) {
    this("Code: %d. DB::Exception: %s. (%s)".formatted(code.number(), text, code.name()));
  }

  int code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  private static int codeIn(String text) {
    Matcher matcher = CODE.matcher(text);
    return matcher.find()
        ? Integer.parseInt(matcher.group(1))
        : ErrorCode.UNKNOWN_EXCEPTION.number();
  }
}
