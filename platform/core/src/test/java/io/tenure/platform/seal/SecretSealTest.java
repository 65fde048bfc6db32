package io.tenure.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class SecretSealTest {

  private static final String SECRET = "a-secret-of-a-receiver";
  private final SecretSeal seal =
      new SecretSeal(Base64.getEncoder().encodeToString(new byte[32]), "test.key");

  @Test
  void hidesAndShowsASecret() {
    String sealed = seal.seal(SECRET, "bank/hook");

    assertThat(sealed).doesNotContain(SECRET).isNotEqualTo(seal.seal(SECRET, "bank/hook"));
    assertThat(seal.open(sealed, "bank/hook")).isEqualTo(SECRET);
  }

  @Test
  void opensASecretOnlyAtItsPlace() {
    String sealed = seal.seal(SECRET, "bank/hook");

    assertThatThrownBy(() -> seal.open(sealed, "bank/other"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stillReadsWhatWasKeptBeforeThereWasAKey() {
    assertThat(seal.open(new SecretSeal("", "test.key").seal(SECRET, "bank/hook"), "bank/hook"))
        .isEqualTo(SECRET);
  }

  @Test
  void refusesAKeyOfTheWrongLength() {
    assertThatThrownBy(() -> new SecretSeal("c2hvcnQ=", "test.key"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test.key");
  }
}
