package io.tenure.collector.domain.secret;

import java.util.Locale;
import java.util.Set;

/** Tells a secret from what people put in its place: a mask, a flag, the state of an input. */
final class SecretValues {

  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "true",
          "false",
          "yes",
          "no",
          "on",
          "off",
          "set",
          "unset",
          "null",
          "nil",
          "none",
          "undefined",
          "nan",
          "empty",
          "ok",
          "success",
          "succeeded",
          "fail",
          "failed",
          "failure",
          "error",
          "wrong",
          "correct",
          "incorrect",
          "right",
          "valid",
          "invalid",
          "changed",
          "change",
          "reset",
          "updated",
          "update",
          "forgot",
          "forgotten",
          "weak",
          "medium",
          "strong",
          "low",
          "middle",
          "high",
          "required",
          "optional",
          "enabled",
          "disabled",
          "show",
          "hide",
          "hidden",
          "visible",
          "text",
          "login",
          "password",
          "sms",
          "otp",
          "face",
          "faceid",
          "touchid",
          "fingerprint",
          "gesture",
          "biometric",
          "expired",
          "locked",
          "focus",
          "blur",
          "click",
          "clicked",
          "input",
          "typed",
          "missing",
          "mismatch",
          "redacted",
          "filtered",
          "masked",
          "removed",
          "secret",
          "unknown",
          "default",
          "是",
          "否",
          "有",
          "无",
          "成功",
          "失败",
          "错误",
          "正确",
          "已设置",
          "未设置",
          "弱",
          "中",
          "强",
          "已修改",
          "已填写",
          "未填写",
          "忘记密码",
          "必填",
          "不能为空");

  private SecretValues() {}

  /** Whether a text under a name of this kind gives something away. */
  static boolean isSecret(SecretKind kind, String text) {
    String value = text.strip();
    return switch (kind) {
      case NONE -> false;
      case PASSWORD -> value.length() >= (isDigits(value) ? 4 : 3) && !isPlaceholder(value);
      case CARD_CODE -> isDigits(value) && (value.length() == 3 || value.length() == 4);
      case CODE -> isDigits(value) && value.length() >= 3 && value.length() <= 8;
      case PIN -> isDigits(value) && value.length() >= 4 && value.length() <= 8;
      case TRACK -> value.chars().filter(SecretValues::isDigit).count() >= 13;
      case BIOMETRIC -> value.length() >= 32 && value.indexOf(' ') < 0;
    };
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isDigits(String value) {
    return !value.isEmpty() && value.chars().allMatch(SecretValues::isDigit);
  }

  private static boolean isPlaceholder(String value) {
    return isMask(value) || PLACEHOLDERS.contains(bare(value));
  }

  private static String bare(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    boolean bracketed = lower.length() > 2 && "[<({".indexOf(lower.charAt(0)) >= 0;
    return bracketed ? lower.substring(1, lower.length() - 1) : lower;
  }

  private static boolean isMask(String value) {
    int stars = 0;
    for (int i = 0; i < value.length(); i++) {
      if ("*•●·＊".indexOf(value.charAt(i)) >= 0) {
        stars++;
      }
    }
    return stars >= 3 || value.chars().allMatch(c -> c == 'x' || c == 'X' || c == '#' || c == '-');
  }
}
