package io.tenure.platform.embedded.clickhouse;

/**
 * Walks over the words and symbols of a statement, stepping over white space, comments and
 * everything quoted.
 */
final class StatementScanner {

  private final String text;
  private int start;
  private int end;
  private int depth;

  StatementScanner(String text) {
    this.text = text;
  }

  StatementScanner copy() {
    StatementScanner copy = new StatementScanner(text);
    copy.start = start;
    copy.end = end;
    copy.depth = depth;
    return copy;
  }

  /** Moves to the next token; false at the end of the text. */
  boolean next() {
    start = skipBlank(end);
    if (start >= text.length()) {
      end = start;
      return false;
    }
    char c = text.charAt(start);
    if (isWordCharacter(c)) {
      end = start;
      while (end < text.length() && isWordCharacter(text.charAt(end))) {
        end++;
      }
      return true;
    }
    if (c == '\'' || c == '"' || c == '`') {
      end = endOfQuoted(start, c);
      return true;
    }
    if (c == '(' || c == '[' || c == '{') {
      depth++;
    } else if (c == ')' || c == ']' || c == '}') {
      depth--;
    }
    end = start + 1;
    return true;
  }

  /** The current token if it is a word, else the empty string. */
  String word() {
    return start < end && isWordCharacter(text.charAt(start)) ? text.substring(start, end) : "";
  }

  boolean is(String keyword) {
    return end - start == keyword.length()
        && text.regionMatches(true, start, keyword, 0, keyword.length());
  }

  /** The current token's first character, or 0 at the end. */
  char symbol() {
    return start < text.length() ? text.charAt(start) : 0;
  }

  /** How many brackets are open around the current token. */
  int depth() {
    return depth;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Where the data after a FORMAT clause begins: behind blanks and one line break. */
  int endOfLine() {
    int position = end;
    while (position < text.length()
        && (text.charAt(position) == ' '
            || text.charAt(position) == '\t'
            || text.charAt(position) == ';')) {
      position++;
    }
    if (position < text.length() && text.charAt(position) == '\r') {
      position++;
    }
    return position < text.length() && text.charAt(position) == '\n' ? position + 1 : position;
  }

  private int skipBlank(int from) {
    int position = from;
    while (position < text.length()) {
      if (Character.isWhitespace(text.charAt(position))) {
        position++;
      } else if (text.startsWith("--", position) || text.startsWith("#!", position)) {
        position = after(text.indexOf('\n', position), 1);
      } else if (text.startsWith("/*", position)) {
        position = after(text.indexOf("*/", position + 2), 2);
      } else {
        break;
      }
    }
    return position;
  }

  private int after(int found, int length) {
    return found < 0 ? text.length() : found + length;
  }

  private int endOfQuoted(int from, char quote) {
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
