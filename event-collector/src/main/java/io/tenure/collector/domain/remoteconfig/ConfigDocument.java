package io.tenure.collector.domain.remoteconfig;

import io.tenure.collector.domain.encryption.EncryptionKey;
import io.tenure.collector.domain.encryption.EncryptionKey.State;
import io.tenure.collector.domain.encryption.KeyScheme;
import io.tenure.collector.domain.record.ExactJson;
import io.tenure.collector.domain.record.Fingerprint;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration in the form SDKs read, with the newest keys. Its version is a hash of its
 * content, so that an SDK fetches it again when anything in it changed, a key too.
 *
 * @param version what an SDK says the next time
 * @param json the document
 */
public record ConfigDocument(String version, String json) {

  /** Of a configuration and all keys of its project. */
  public static ConfigDocument of(RemoteConfig config, List<EncryptionKey> keys) {
    Map<String, Object> configs = new LinkedHashMap<>();
    configs.put("disableDebugMode", config.disableDebugMode());
    configs.put("disableSDK", config.disableSdk());
    configs.put("autoTrackMode", config.autoTrackMode());
    configs.put("event_blacklist", config.eventBlacklist());
    configs.put("effect_mode", config.effectAtOnce() ? 1 : 0);
    configs.put("supportTransportEncrypt", config.supportTransportEncrypt());
    putKey(configs, keys);
    putKeyOfNewerSdks(configs, keys);
    String version = Fingerprint.of(ExactJson.of(configs)).hex().substring(0, 16);
    configs.put("nv", version);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("v", version);
    document.put("configs", configs);
    return new ConfigDocument(version, ExactJson.of(document));
  }

  /**
   * Whether an SDK has it already.
   *
   * @param v of the whole, as the SDK knows it; empty when it knows none
   * @param nv of the switches, which only newer SDKs know
   */
  public boolean isKnown(String v, String nv) {
    return (!v.isEmpty() || !nv.isEmpty())
        && (v.isEmpty() || v.equals(version))
        && (nv.isEmpty() || nv.equals(version));
  }

  /** SDKs that know elliptic curves look into {@code key_ec} first; others know RSA only. */
  private static void putKey(Map<String, Object> configs, List<EncryptionKey> keys) {
    Map<String, Object> key = new LinkedHashMap<>();
    newest(keys, Set.of(KeyScheme.RSA_AES)).ifPresent(rsa -> put(key, rsa));
    newest(keys, Set.of(KeyScheme.EC_AES))
        .ifPresent(
            curve -> {
              Map<String, Object> inner = new LinkedHashMap<>();
              put(inner, curve);
              inner.put("type", "EC");
              key.put("key_ec", ExactJson.of(inner));
            });
    if (!key.isEmpty()) {
      configs.put("key", key);
    }
  }

  private static void putKeyOfNewerSdks(Map<String, Object> configs, List<EncryptionKey> keys) {
    newest(keys, Set.of(KeyScheme.RSA_AES, KeyScheme.SM2_SM4))
        .ifPresent(
            newest -> {
              Map<String, Object> key = new LinkedHashMap<>();
              key.put("type", newest.scheme() == KeyScheme.SM2_SM4 ? "SM2+SM4" : "RSA+AES");
              put(key, newest);
              configs.put("key_v2", key);
            });
  }

  private static void put(Map<String, Object> target, EncryptionKey key) {
    target.put("public_key", key.publicKey());
    target.put("pkv", key.number());
  }

  private static Optional<EncryptionKey> newest(List<EncryptionKey> keys, Set<KeyScheme> schemes) {
    return keys.stream()
        .filter(key -> key.state() == State.ACTIVE && schemes.contains(key.scheme()))
        .max(
            Comparator.comparing(EncryptionKey::createTime)
                .thenComparing(EncryptionKey::number)
                .thenComparing(EncryptionKey::id));
  }
}
