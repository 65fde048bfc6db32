package io.tenure.collector.domain.secret;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in running text: in what people type, in addresses, in JSON within JSON. One pass
 * over the characters decides whether it is worth looking closer, and it hardly ever is.
 */
final class SecretText {

  /** Longer pieces are looked at in parts, overlapping by {@link #OVERLAP}. */
  private static final int PART = 1 << 16;

  private static final int OVERLAP = 512;

  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\w$.\\-\\u4e00-\\u9fff])([\\w$.\\-\\u4e00-\\u9fff]{2,60}+)\\\\{0,3}[\"']\\s{0,8}:\\s{0,8}"
              + "(?:\\[\\s{0,4})?(?:\\\\{0,3}[\"']([^\"'\\\\]{1,200})|(\\d{3,19}))");
  private static final Pattern ASSIGNED =
      Pattern.compile("(?<![\\w$.\\-])([\\w$.\\-]{2,60}+)=([^\\s&;,\"'<>=]{1,200})");
  private static final Pattern SAID =
      Pattern.compile(
          "(?i)(?:password|passwd|pwd|passcode)\\s{0,3}(?::|：|\\bis\\b)\\s{0,3}[\"'`]?([^\\s\"'`,，。;]{4,64})");
  private static final Pattern SAID_IN_CHINESE =
      Pattern.compile(
          "(?:密码|口令)\\s{0,3}(?:是|为|:|：|=)?\\s{0,3}[\"'“]?([A-Za-z0-9!@#$%^&*._+-]{6,64})(?![位个年次])");
  private static final Pattern CARD_CODE =
      Pattern.compile(
          "(?i)(?:\\b(?:cvv2?|cvc2?|cvn2?|security\\s?code|verification\\s(?:code|value))\\b|安全码)"
              + "\\s{0,3}(?:号|码|is|no\\.?|number)?\\s{0,2}[:：=是为#]?\\s{0,3}\\d{3,4}(?!\\d)");
  private static final Pattern EXPIRY_AND_CODE =
      Pattern.compile(
          "^[\\s,;|/:-]{1,4}(?:exp\\S{0,6}\\s{0,2})?(?:0[1-9]|1[0-2])\\s?[/|-]?\\s?(?:20)?\\d{2}[\\s,;|/:-]{1,4}\\d{3,4}(?!\\d)");
  private static final Pattern TRACK_ONE =
      Pattern.compile("[Bb](\\d{13,19})\\^[^^]{2,40}\\^\\d{4}");
  private static final Pattern TRACK_TWO =
      Pattern.compile("(?<!\\d)(\\d{13,19})[=D]\\d{2}(?:0[1-9]|1[0-2])[1-9]\\d{2}");

  private static final byte DIGIT = 1;
  private static final byte SEPARATOR = 2;
  private static final byte FIRST_LETTER = 3;
  private static final byte[] TRAITS = traits();

  private static final int NUMBER = 1;
  private static final int WORDS = 2;

  /** What a text holds. */
  enum Find {
    NOTHING,
    /** A card number, which alone may be kept. */
    CARD,
    SECRET
  }

  Find find(String text) {
    int suspicion = suspicion(text);
    if (suspicion == 0) {
      return Find.NOTHING;
    }
    boolean words = (suspicion & WORDS) != 0;
    Find worst = Find.NOTHING;
    for (int from = 0; from < text.length(); from += PART - OVERLAP) {
      String part = text.substring(from, Math.min(text.length(), from + PART));
      Find find = closer(words ? Normalizer.normalize(part, Normalizer.Form.NFKC) : part, words);
      worst = find.compareTo(worst) > 0 ? find : worst;
    }
    return worst;
  }

  /**
   * Looks with patterns.
   *
   * @param words whether there may be telling words, not only many digits
   */
  private static Find closer(String text, boolean words) {
    if (words && (tellsPassword(text) || CARD_CODE.matcher(text).find())) {
      return Find.SECRET;
    }
    if (holdsTrack(text)) {
      return Find.SECRET;
    }
    boolean card = false;
    for (int end = CardNumbers.end(text, 0); end >= 0; end = CardNumbers.end(text, end)) {
      card = true;
      if (EXPIRY_AND_CODE.matcher(text).region(end, text.length()).find()) {
        return Find.SECRET;
      }
    }
    return card ? Find.CARD : Find.NOTHING;
  }

  private static boolean tellsPassword(String text) {
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      String value = quoted.group(2) == null ? quoted.group(3) : quoted.group(2);
      if (isSecret(quoted.group(1), value)) {
        return true;
      }
    }
    Matcher assigned = ASSIGNED.matcher(text);
    while (assigned.find()) {
      if (isSecret(assigned.group(1), assigned.group(2))) {
        return true;
      }
    }
    return says(SAID.matcher(text)) || says(SAID_IN_CHINESE.matcher(text));
  }

  private static boolean isSecret(String name, String value) {
    SecretKind kind = SecretNames.kind(name);
    return kind != SecretKind.CODE && SecretValues.isSecret(kind, value);
  }

  /** People write about passwords more often than they write passwords; those have a digit. */
  private static boolean says(Matcher matcher) {
    while (matcher.find()) {
      String value = matcher.group(1);
      boolean number = value.chars().allMatch(SecretValues::isDigit);
      boolean mixed = value.length() >= 6 && value.chars().anyMatch(SecretValues::isDigit);
      if ((number || mixed) && SecretValues.isSecret(SecretKind.PASSWORD, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsTrack(String text) {
    boolean one = text.indexOf('^') >= 0;
    boolean two = text.indexOf('=') >= 0 || text.indexOf('D') >= 0;
    return (one && holdsCard(TRACK_ONE.matcher(text)))
        || (two && holdsCard(TRACK_TWO.matcher(text)));
  }

  private static boolean holdsCard(Matcher matcher) {
    while (matcher.find()) {
      if (CardNumbers.isCard(matcher.group(1))) {
        return true;
      }
    }
    return false;
  }

  /** Many digits, telling words, or neither. */
  private static int suspicion(String text) {
    int suspicion = 0;
    int digits = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      int trait = c < 128 ? TRAITS[c] : isSuspicious(c) ? FIRST_LETTER : 0;
      if (trait == DIGIT) {
        if (++digits >= 13) {
          suspicion |= NUMBER;
        }
      } else if (trait != SEPARATOR) {
        digits = 0;
        if (trait == FIRST_LETTER && (c >= 128 || (i + 2 < length && beginsWord(text, i)))) {
          return suspicion | WORDS;
        }
      }
    }
    return suspicion;
  }

  private static boolean isSuspicious(char c) {
    return c == '密' || c == '口' || c == '安' || (c >= '\uff00' && c != '，' && c != '：');
  }

  /** The second letter alone excludes nearly every word. */
  private static boolean beginsWord(String text, int at) {
    int second = text.charAt(at + 1) | 0x20;
    return switch (text.charAt(at) | 0x20) {
      case 'p' ->
          (second == 'a' && begins(text, at, "pass"))
              || (second == 'w' && begins(text, at, "pwd"))
              || (second == 'i' && begins(text, at, "pin"));
      case 'c' -> second == 'v';
      case 's' -> second == 'e' && begins(text, at, "security");
      case 'v' ->
          (second == 'e' && begins(text, at, "verification"))
              || (second == 'o' && begins(text, at, "voiceprint"));
      default -> second == 'i' && begins(text, at, "mima");
    };
  }

  private static boolean begins(String text, int at, String word) {
    return text.regionMatches(true, at, word, 0, word.length());
  }

  private static byte[] traits() {
    byte[] traits = new byte[128];
    for (int c = '0'; c <= '9'; c++) {
      traits[c] = DIGIT;
    }
    traits[' '] = SEPARATOR;
    traits['-'] = SEPARATOR;
    for (char c : "pcsvmPCSVM".toCharArray()) {
      traits[c] = FIRST_LETTER;
    }
    return traits;
  }
}
