package io.tenure.collector.domain.record;

/** Finds texts that have no UTF-8 form: a surrogate without its other half. */
public final class UnicodeText {

  private UnicodeText() {}

  /** Rejects a text with half a surrogate pair. */
  public static void check(String name, String text) throws Unacceptable {
    if (!isValid(text)) {
      throw new Unacceptable(
          QuarantineReason.TEXT_INVALID, "'" + name + "' holds half a surrogate pair");
    }
  }

  /** Whether every surrogate has its other half. */
  public static boolean isValid(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
