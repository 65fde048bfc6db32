package io.tenure.collector.domain.remoteconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.encryption.EncryptionKey;
import io.tenure.collector.domain.encryption.EncryptionKey.State;
import io.tenure.collector.domain.encryption.KeyScheme;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ConfigDocumentTest {

  @Test
  void leavesSdksAsTheirAppsMadeThem() {
    JsonNode configs = configs(RemoteConfig.DEFAULT, List.of());

    assertThat(configs.path("disableSDK").booleanValue()).isFalse();
    assertThat(configs.path("disableDebugMode").booleanValue()).isFalse();
    assertThat(configs.path("autoTrackMode").intValue()).isEqualTo(-1);
    assertThat(configs.path("event_blacklist").isEmpty()).isTrue();
    assertThat(configs.path("effect_mode").intValue()).isZero();
    assertThat(configs.has("key")).isFalse();
    assertThat(configs.has("key_v2")).isFalse();
  }

  @Test
  void handsOutTheNewestActiveKeys() {
    JsonNode configs =
        configs(
            RemoteConfig.DEFAULT,
            List.of(
                key(KeyScheme.RSA_AES, 1, State.ACTIVE),
                key(KeyScheme.RSA_AES, 2, State.ACTIVE),
                key(KeyScheme.SM2_SM4, 3, State.ACTIVE),
                key(KeyScheme.EC_AES, 4, State.ACTIVE),
                key(KeyScheme.SM2_SM4, 5, State.RETIRED),
                key(KeyScheme.RSA_AES, 6, State.DESTROYED)));

    assertThat(configs.path("key").path("public_key").stringValue()).isEqualTo("public-2");
    assertThat(configs.path("key").path("pkv").intValue()).isEqualTo(2);
    JsonNode curve = Json.read(configs.path("key").path("key_ec").stringValue());
    assertThat(curve.path("public_key").stringValue()).isEqualTo("public-4");
    assertThat(curve.path("type").stringValue()).isEqualTo("EC");
    assertThat(configs.path("key_v2").path("type").stringValue()).isEqualTo("SM2+SM4");
    assertThat(configs.path("key_v2").path("pkv").intValue()).isEqualTo(3);
  }

  @Test
  void isKnownOnlyUntilAnythingChanges() {
    ConfigDocument before = ConfigDocument.of(RemoteConfig.DEFAULT, List.of());
    ConfigDocument after =
        ConfigDocument.of(RemoteConfig.DEFAULT, List.of(key(KeyScheme.RSA_AES, 1, State.ACTIVE)));
    String version = before.version();

    assertThat(Json.read(before.json()).path("v").stringValue()).isEqualTo(version);
    assertThat(Json.read(before.json()).path("configs").path("nv").stringValue())
        .isEqualTo(version);
    assertThat(before.isKnown(version, version)).isTrue();
    assertThat(before.isKnown(version, "")).isTrue();
    assertThat(before.isKnown("", version)).isTrue();
    assertThat(before.isKnown("", "")).isFalse();
    assertThat(before.isKnown(version, "other")).isFalse();
    assertThat(after.isKnown(version, version)).isFalse();
  }

  @Test
  void refusesWhatWouldConfuseSdks() {
    assertThatThrownBy(() -> config(16, List.of())).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> config(-2, List.of())).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> config(0, List.of(""))).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> config(0, List.of("a", "a"))).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> config(0, List.of("a".repeat(101)))).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> config(0, Collections.nCopies(1001, "a"))).isInstanceOf(Failure.class);
    assertThat(config(15, List.of("a")).autoTrackMode()).isEqualTo(15);
  }

  private static RemoteConfig config(int mode, List<String> blacklist) {
    return new RemoteConfig(false, false, mode, blacklist, false, false);
  }

  private static JsonNode configs(RemoteConfig config, List<EncryptionKey> keys) {
    return Json.read(ConfigDocument.of(config, keys).json()).path("configs");
  }

  private static EncryptionKey key(KeyScheme scheme, int version, State state) {
    Instant time = Instant.ofEpochSecond(version);
    return new EncryptionKey(
        scheme, Integer.toString(version), state, "public-" + version, "", time, time);
  }
}
