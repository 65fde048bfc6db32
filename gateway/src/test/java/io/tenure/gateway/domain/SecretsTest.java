package io.tenure.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretsTest {

  @Test
  void generatesTextsAScannerCanCheck() {
    for (AccessKey.Kind kind : AccessKey.Kind.values()) {
      String text = KeyText.generate(kind);
      assertThat(KeyText.isWellFormed(text)).isTrue();
      char last = text.charAt(text.length() - 1);
      String broken = text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
      assertThat(KeyText.isWellFormed(broken)).isFalse();
      assertThat(KeyText.generate(kind)).isNotEqualTo(text);
    }
  }

  @Test
  void matchesOnlyTheRightPassword() {
    Passwords passwords = new Passwords(1000);
    String hash = passwords.hash("päss wörd");
    assertThat(hash).startsWith("pbkdf2-sha512$1000$").doesNotContain("wörd");
    assertThat(passwords.matches("päss wörd", hash)).isTrue();
    assertThat(passwords.matches("pass word", hash)).isFalse();
    assertThat(passwords.matches("", "plain")).isFalse();
    assertThat(passwords.hash("päss wörd")).isNotEqualTo(hash);
  }

  @Test
  void keepsOldHashesValidWhenTheFactorRises() {
    String old = new Passwords(1000).hash("secret");
    assertThat(new Passwords(2000).matches("secret", old)).isTrue();
  }
}
