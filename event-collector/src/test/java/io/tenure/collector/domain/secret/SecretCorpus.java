package io.tenure.collector.domain.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Made-up records of a bank's app, with and without class C3 data, always the same for a seed. */
final class SecretCorpus {

  /** A record and what kind of sample it is. */
  record Sample(String kind, Map<String, Object> properties) {}

  private static final List<String> PASSWORD_NAMES =
      List.of(
          "password",
          "Password",
          "passwd",
          "pwd",
          "loginPassword",
          "login_password",
          "userPwd",
          "tradePassword",
          "trade_pwd",
          "payPassword",
          "pay_pwd",
          "newPassword",
          "old_password",
          "confirmPassword",
          "password_confirm",
          "passwordMd5",
          "pwd_hash",
          "fundPwd",
          "密码",
          "交易密码",
          "登录密码",
          "支付密码",
          "passCode",
          "user-pass",
          "PASSWORD",
          "queryPwd",
          "password2",
          "card.password",
          "payPin",
          "card_pin");
  private static final List<String> CODE_NAMES =
      List.of(
          "cvv", "CVV2", "cvc", "card_cvv", "cardCvc", "cvn2", "CVN", "card_security_code", "安全码");
  private static final List<String> HARMLESS_NAMES =
      List.of(
          "amount",
          "fund_code",
          "product_name",
          "page",
          "$screen_name",
          "channel",
          "branch_id",
          "risk_level",
          "password_strength",
          "has_password",
          "forgotPassword",
          "pwd_error_count",
          "is_password_set",
          "pin_to_top",
          "spinner",
          "track",
          "track_name",
          "soundtrack1",
          "cvr",
          "security_level",
          "verification_method",
          "captcha_type",
          "country_code",
          "error_code",
          "postcode",
          "pincode",
          "passenger",
          "compass",
          "$os",
          "$model",
          "opinion",
          "shopping",
          "face_verified",
          "fingerprint",
          "login_type");
  private static final List<String> HARMLESS_TEXTS =
      List.of(
          "Please enter your password",
          "忘记密码",
          "密码不能为空",
          "密码长度为8-16位",
          "修改登录密码",
          "Your password is incorrect",
          "password: required",
          "CVV must have 3 digits",
          "请输入安全码",
          "/reset-password?step=2",
          "https://bank.example/login?next=%2Ffunds&from=password_page",
          "The security code was sent",
          "口令红包",
          "安全中心",
          "PIN code page",
          "交易密码错误3次",
          "compass pointing north 12345",
          "passport renewed",
          "password reset on 2026-06-01",
          "验证码已发送至138****8000",
          "Track 2 of the album",
          "Zhang San 张三",
          "CV uploaded",
          "pass",
          "密码设置成功",
          "密码将于90天后过期",
          "Password changed",
          "keyword=fund&page=3",
          "******",
          "安全码在卡片背面",
          "https://bank.example/help/password?id=20260601&lang=zh");

  private final Random random;

  SecretCorpus(long seed) {
    this.random = new Random(seed);
  }

  Sample secret() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> around("password by name", pick(PASSWORD_NAMES), passwordFor());
      case 2 -> around("card code by name", pick(CODE_NAMES), digits(3));
      case 3 -> around("card and code in text", "remark", card() + " cvv " + digits(3));
      case 4 -> {
        Sample sample = around("card beside a code", "cardNo", grouped(card()));
        sample.properties().put(pick(List.of("securityCode", "safe_code", "smsCode")), digits(3));
        yield sample;
      }
      case 5 ->
          around(
              "carding line",
              "text",
              card() + pick(List.of("|", " ", ",")) + expiry() + "|" + digits(3));
      case 6 ->
          around("track one", "swipe", "%B" + card() + "^ZHANG/SAN^2912101" + digits(8) + "?");
      case 7 -> around("track two", "raw", ";" + card() + "=2912101" + digits(6) + "?");
      case 8 ->
          around(
              "password in text",
              pick(List.of("remark", "$element_content", "message")),
              pick(List.of(
                      "my password is %s",
                      "密码是%s", "登录密码：%s", "pwd: %s", "口令=%s", "Password: %s please"))
                  .formatted(mixed(8)));
      case 9 ->
          around(
              "password in an address",
              "$url",
              "https://bank.example/login?user=ann&"
                  + pick(List.of("password", "pwd", "passwd", "loginPwd"))
                  + "="
                  + mixed(9)
                  + "&x=1");
      case 10 ->
          around(
              "password in JSON in text",
              "body",
              "{\"user\":\"ann\",\""
                  + pick(PASSWORD_NAMES.subList(0, 12))
                  + "\":\""
                  + letters(9)
                  + "\"}");
      default ->
          around(
              "card code in text",
              "note",
              pick(List.of("CVV: %s", "安全码%s", "cvc2=%s", "security code is %s"))
                  .formatted(digits(3)));
    };
  }

  Sample harmless() {
    return switch (random.nextInt(10)) {
      case 0 ->
          around(
              "text", pick(List.of("$title", "remark", "$element_content")), pick(HARMLESS_TEXTS));
      case 1 -> around("card alone", "card_no", card());
      case 2 -> around("card in text", "remark", "to " + grouped(card()) + ", thanks");
      case 3 -> around("order number", "order_no", digits(18 + random.nextInt(8)));
      case 4 ->
          around(
              "id",
              "trace",
              UUID.nameUUIDFromBytes(letters(8).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                  .toString());
      case 5 -> {
        Sample sample = around("card and codes of other kinds", "cardNo", card());
        sample
            .properties()
            .put(pick(List.of("error_code", "country_code", "branch_code", "code")), digits(3));
        yield sample;
      }
      case 6 ->
          around(
              "masked password",
              pick(PASSWORD_NAMES),
              pick(List.of("******", "••••••••", "", "[REDACTED]", "xxxx", "***1234")));
      case 7 ->
          around(
              "password state",
              pick(PASSWORD_NAMES),
              pick(List.of(true, false, "wrong", "success", "已设置", 0L, 1L)));
      case 8 ->
          around(
              "time and phone",
              "at",
              "2026-06-01 08:00:00.123 13800138000 "
                  + (1_780_000_000_000L + random.nextInt(1_000_000)));
      default ->
          around(
              "plain",
              pick(HARMLESS_NAMES),
              random.nextBoolean() ? letters(10) : (Object) (long) random.nextInt(1_000_000));
    };
  }

  /** Among other properties, sometimes in a list or deeper. */
  private Sample around(String kind, String name, Object value) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      properties.put(
          pick(HARMLESS_NAMES.subList(0, 8)) + i,
          random.nextBoolean() ? (Object) letters(12) : (Object) (long) random.nextInt(100_000));
    }
    Object placed = value;
    String under = name;
    for (int depth = random.nextInt(4); depth > 1; depth--) {
      Map<String, Object> inner = new LinkedHashMap<>();
      inner.put(under, placed);
      placed = random.nextBoolean() ? inner : new ArrayList<>(List.of(inner));
      under = pick(List.of("form", "payload", "detail"));
    }
    properties.put(under, placed);
    return new Sample(kind, properties);
  }

  private Object passwordFor() {
    return switch (random.nextInt(4)) {
      case 0 -> digits(6);
      case 1 -> mixed(4 + random.nextInt(12));
      case 2 -> "9" + digits(5);
      default -> random.nextBoolean() ? (Object) (100_000L + random.nextInt(800_000)) : digits(6);
    };
  }

  String card() {
    String start = pick(List.of("622202", "621700", "411111", "550000", "356600", "37828"));
    int length = start.startsWith("37") ? 15 : start.startsWith("62") ? 16 + random.nextInt(4) : 16;
    String body = start + digits(length - start.length() - 1);
    for (int check = 0; check < 10; check++) {
      if (CardNumbers.isCard(body + check)) {
        return body + check;
      }
    }
    throw new IllegalStateException(body);
  }

  private String grouped(String number) {
    String separator = pick(List.of("", " ", "-"));
    return separator.isEmpty() ? number : number.replaceAll("(\\d{4})(?=\\d)", "$1" + separator);
  }

  private String expiry() {
    return String.format(Locale.ROOT, "%02d/%02d", 1 + random.nextInt(12), 26 + random.nextInt(8));
  }

  private String digits(int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append((char) ('0' + random.nextInt(10)));
    }
    return out.toString();
  }

  private String letters(int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append((char) ('a' + random.nextInt(26)));
    }
    return out.toString();
  }

  /** Letters, a sign and at least one digit. */
  private String mixed(int count) {
    String signs = "!@#$%*_-";
    return letters(count - 2) + random.nextInt(10) + signs.charAt(random.nextInt(signs.length()));
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
