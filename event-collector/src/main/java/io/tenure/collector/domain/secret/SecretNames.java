package io.tenure.collector.domain.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from a name what its value is. It is the end of a name that counts, since {@code
 * tradePassword} holds a password and {@code password_strength} does not.
 */
final class SecretNames {

  private static final int LONGEST = 100;

  private static final Pattern WORD_BREAK =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^\\p{L}\\p{N}]+");

  private static final Pattern DECORATION =
      Pattern.compile(
          "(?:confirm|confirmation|confirmed|again|repeat|repeated|hash|hashed|md5|sha|sha1|sha256|sm3|plain|text"
              + "|plaintext|value|enc|encrypted|encode|encoded|cipher|ciphertext|new|old|str|\\d)+$");

  private static final List<String> PASSWORDS =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passcode",
          "passphrase",
          "passwort",
          "userpass",
          "loginpass",
          "mima",
          "密码",
          "口令");
  private static final List<String> CARD_CODES =
      List.of(
          "cvv",
          "cvc",
          "cvn",
          "cardsecuritycode",
          "cardverificationcode",
          "cardverificationvalue",
          "安全码",
          "卡验证码");
  private static final List<String> CODES =
      List.of(
          "securitycode",
          "safecode",
          "safetycode",
          "verificationvalue",
          "verificationcode",
          "verifycode",
          "vcode",
          "smscode",
          "otp",
          "csc",
          "cvd",
          "验证码",
          "后三位",
          "末三位");
  private static final List<String> TRACKS =
      List.of(
          "trackdata",
          "track1data",
          "track2data",
          "track3data",
          "magstripe",
          "magneticstripe",
          "magstripedata",
          "track2equivalent",
          "track2equivalentdata",
          "磁道",
          "磁道信息",
          "磁道数据");
  private static final Set<String> NUMBERED_TRACKS = Set.of("track1", "track2", "track3");
  private static final List<String> PINS =
      List.of(
          "cardpin",
          "paypin",
          "paymentpin",
          "atmpin",
          "tradepin",
          "transactionpin",
          "loginpin",
          "userpin",
          "bankpin");
  private static final List<String> BIOMETRICS =
      List.of(
          "fingerprinttemplate",
          "fingerprintdata",
          "fingerprintimage",
          "facetemplate",
          "facefeature",
          "facedata",
          "faceimage",
          "voiceprint",
          "voiceprintdata",
          "iristemplate",
          "irisdata",
          "biometrictemplate",
          "biometricdata");

  /** {@code has_password} asks, {@code forgotPassword} is a button. */
  private static final Set<String> ASKING =
      Set.of(
          "has",
          "is",
          "forgot",
          "forget",
          "show",
          "hide",
          "need",
          "needs",
          "enable",
          "enabled",
          "remember",
          "use",
          "used",
          "support",
          "supports",
          "allow",
          "with",
          "no",
          "without",
          "can",
          "should",
          "must");

  private SecretNames() {}

  /** What the value of this name is. */
  static SecretKind kind(String name) {
    return name.length() > LONGEST ? SecretKind.NONE : judge(name);
  }

  private static SecretKind judge(String name) {
    String[] words = WORD_BREAK.split(name);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].toLowerCase(Locale.ROOT);
    }
    String whole = String.join("", words);
    if (NUMBERED_TRACKS.contains(whole) || endsWith(whole, TRACKS)) {
      return SecretKind.TRACK;
    }
    String bare = DECORATION.matcher(whole).replaceFirst("");
    if (words.length > 1 && ASKING.contains(words[0])) {
      return SecretKind.NONE;
    }
    if (endsWith(bare, PASSWORDS)) {
      return SecretKind.PASSWORD;
    }
    if (endsWith(bare, CARD_CODES)) {
      return SecretKind.CARD_CODE;
    }
    if (isPin(bare)) {
      return SecretKind.PIN;
    }
    if (endsWith(bare, BIOMETRICS)) {
      return SecretKind.BIOMETRIC;
    }
    return endsWith(bare, CODES) ? SecretKind.CODE : SecretKind.NONE;
  }

  private static boolean isPin(String bare) {
    return bare.equals("pin") || endsWith(bare, PINS);
  }

  private static boolean endsWith(String name, List<String> ends) {
    for (String end : ends) {
      if (name.endsWith(end)) {
        return true;
      }
    }
    return false;
  }
}
