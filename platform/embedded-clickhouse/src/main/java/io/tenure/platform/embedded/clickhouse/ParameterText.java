package io.tenure.platform.embedded.clickhouse;

/**
 * The escaped form in which the HTTP protocol carries a statement's parameters. The library wants
 * them as they are and escapes them itself, so a backslash taken over unchanged would arrive twice.
 */
final class ParameterText {

  private ParameterText() {}

  /**
   * The value behind an escaped text. Inside an array a quote must therefore be written twice; a
   * backslash before it is the one form a server takes and the library cannot be given.
   */
  static String decode(String escaped) {
    if (escaped.indexOf('\\') < 0) {
      return escaped;
    }
    StringBuilder text = new StringBuilder(escaped.length());
    for (int index = 0; index < escaped.length(); index++) {
      char character = escaped.charAt(index);
      boolean escapes = character == '\\' && index + 1 < escaped.length();
      text.append(escapes ? meant(escaped.charAt(++index)) : character);
    }
    return text.toString();
  }

  private static char meant(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0' -> '\0';
      default -> letter;
    };
  }
}
