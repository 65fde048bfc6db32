package io.tenure.collector.domain.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.encryption.EncryptionKey.State;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncryptionKeysTest {

  private final MemoryKeys store = new MemoryKeys();
  private final EncryptionKeys keys = new EncryptionKeys(store, Clock.systemUTC());
  private final Caller caller =
      new Caller(new ProjectId("bank"), "person:test", Caller.Role.ADMINISTRATOR);

  @Test
  void countsVersionsOverAllPairs() {
    EncryptionKey first = create(KeyScheme.RSA_AES, "", "");
    EncryptionKey second = create(KeyScheme.SM2_SM4, "", "");
    create(KeyScheme.EC_AES, "7", "");
    create(KeyScheme.PRESHARED_AES, "12", "AAAAAAAAAAAAAAAAAAAAAA==");

    assertThat(first.id()).isEqualTo("rsa-aes-1");
    assertThat(second.id()).isEqualTo("sm2-sm4-2");
    assertThat(create(KeyScheme.EC_AES, "", "").version()).isEqualTo("8");
    refuses(Reason.ALREADY_EXISTS, () -> create(KeyScheme.EC_AES, "7", ""));
  }

  @Test
  void takesOverAnExistingPair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String der = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());

    assertThat(create(KeyScheme.RSA_AES, "3", der).publicKey()).isEqualTo(open);
    assertThat(create(KeyScheme.RSA_AES, "4", pem).publicKey()).isEqualTo(open);
  }

  @Test
  void takesOverTheNumberOfAPoint() {
    // The key pair of the example in GB/T 32918.5-2017, annex C.
    EncryptionKey key =
        create(
            KeyScheme.SM2_SM4,
            "1",
            "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");

    assertThat(key.publicPoint())
        .isEqualTo(
            "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_AES, '', no-key",
    "RSA_AES, '', AAAA",
    "RSA_AES, 0, ''",
    "RSA_AES, -1, ''",
    "RSA_AES, one, ''",
    "SM2_SM4, '', AAAA",
    "SM2_SM4, '', 0000000000000000000000000000000000000000000000000000000000000000",
    "SM2_SM4, '', ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "PRESHARED_AES, web, ''",
    "PRESHARED_AES, web, AAAA",
    "PRESHARED_AES, '', AAAAAAAAAAAAAAAAAAAAAA==",
    "PRESHARED_AES, a/b, AAAAAAAAAAAAAAAAAAAAAA=="
  })
  void refusesWhatIsNoKey(KeyScheme scheme, String version, String secret) {
    refuses(Reason.INVALID_ARGUMENT, () -> create(scheme, version, secret));
    assertThat(keys.list(caller.project())).isEmpty();
  }

  @Test
  void refusesAKeyOfAnotherScheme() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    String p256 =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());

    refuses(Reason.INVALID_ARGUMENT, () -> create(KeyScheme.RSA_AES, "", p256));
    refuses(Reason.INVALID_ARGUMENT, () -> create(KeyScheme.SM2_SM4, "", p256));
    assertThat(create(KeyScheme.EC_AES, "", p256).publicPoint()).startsWith("04");
  }

  @Test
  void makesNoKeyItCannotSeal() {
    store.loseTheSeal();

    assertThatThrownBy(() -> create(KeyScheme.RSA_AES, "", ""))
        .hasMessageContaining("tenure.collector.secret-key");
    refuses(Reason.FAILED_PRECONDITION, () -> create(KeyScheme.RSA_AES, "", ""));
  }

  @Test
  void destroysOnlyWhatIsRetired() {
    EncryptionKey key = create(KeyScheme.RSA_AES, "", "");

    refuses(Reason.FAILED_PRECONDITION, () -> keys.destroy(caller, key.id()));
    assertThat(keys.retire(caller, key.id()).state()).isEqualTo(State.RETIRED);
    assertThat(keys.retire(caller, key.id()).state()).isEqualTo(State.RETIRED);
    assertThat(keys.destroy(caller, key.id()).state()).isEqualTo(State.DESTROYED);
    assertThat(keys.destroy(caller, key.id()).state()).isEqualTo(State.DESTROYED);
    refuses(Reason.FAILED_PRECONDITION, () -> keys.retire(caller, key.id()));
    refuses(Reason.NOT_FOUND, () -> keys.retire(caller, "rsa-aes-99"));
    assertThat(create(KeyScheme.RSA_AES, "", "").version()).isEqualTo("2");
  }

  private EncryptionKey create(KeyScheme scheme, String version, String secret) {
    return keys.create(caller, scheme, version, secret);
  }

  private static void refuses(Reason reason, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
