package io.tenure.collector.domain.secret;

/** Card numbers by ISO/IEC 7812: 13 to 19 digits, a known industry digit, a valid Luhn digit. */
final class CardNumbers {

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  private CardNumbers() {}

  /**
   * Where a card number ends, or -1. Its digits may be grouped by single blanks or dashes.
   *
   * @param from where to begin to look
   */
  static int end(String text, int from) {
    int i = from;
    while (i < text.length()) {
      if (!SecretValues.isDigit(text.charAt(i)) || (i > 0 && isWord(text.charAt(i - 1)))) {
        i++;
        continue;
      }
      int end = runEnd(text, i);
      if (isCard(text, i, end) && (end == text.length() || !isWord(text.charAt(end)))) {
        return end;
      }
      int inner = groupEnd(text, i, end);
      if (inner > 0) {
        return inner;
      }
      i = Math.max(end, i + 1);
    }
    return -1;
  }

  static boolean isCard(String digits) {
    return isCard(digits, 0, digits.length());
  }

  /** A number written beside the card number, with only a blank between, joins the run. */
  private static int groupEnd(String text, int from, int end) {
    for (int start = from; start < end; start++) {
      if (start > from && !isSeparator(text.charAt(start - 1))) {
        continue;
      }
      for (int stop = start + SHORTEST; stop < end; stop++) {
        if (isSeparator(text.charAt(stop)) && isCard(text, start, stop)) {
          return stop;
        }
      }
      if (start > from && isCard(text, start, end)) {
        return end;
      }
    }
    return -1;
  }

  private static int runEnd(String text, int from) {
    int i = from;
    while (i < text.length() && i - from < 64) {
      char c = text.charAt(i);
      boolean joined =
          isSeparator(c) && i + 1 < text.length() && SecretValues.isDigit(text.charAt(i + 1));
      if (!SecretValues.isDigit(c) && !joined) {
        break;
      }
      i++;
    }
    return i;
  }

  private static boolean isCard(String text, int from, int to) {
    if (to - from < SHORTEST || text.charAt(from) < '3' || text.charAt(from) > '6') {
      return false;
    }
    int sum = 0;
    int digits = 0;
    for (int i = to - 1; i >= from; i--) {
      char c = text.charAt(i);
      if (isSeparator(c)) {
        continue;
      }
      int digit = c - '0';
      if (digits % 2 == 1) {
        digit *= 2;
        digit -= digit > 9 ? 9 : 0;
      }
      sum += digit;
      digits++;
    }
    return digits >= SHORTEST && digits <= LONGEST && sum % 10 == 0;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-';
  }

  private static boolean isWord(char c) {
    return SecretValues.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
  }
}
