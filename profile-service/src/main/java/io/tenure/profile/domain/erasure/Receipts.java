package io.tenure.profile.domain.erasure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes and signs receipts: what was erased and when, and nothing that tells whose it was. */
public final class Receipts {

  private static final String FORMAT = "tenure-erasure-receipt/1";
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int SEED_BYTES = 32;
  private static final JsonMapper JSON = new JsonMapper();

  private final @Nullable PrivateKey key;
  private final byte[] publicKey;

  /**
   * Receipts by a key.
   *
   * @param base64Key Ed25519 private key, PKCS#8 in Base64; empty for none
   */
  public Receipts(String base64Key) {
    if (base64Key.isBlank()) {
      this.key = null;
      this.publicKey = new byte[0];
      return;
    }
    byte[] encoded = Base64.getDecoder().decode(base64Key.strip());
    try {
      this.key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "tenure.profile.erasure.receipt-key must be an Ed25519 key, PKCS#8 in Base64", wrong);
    }
    byte[] seed = Arrays.copyOfRange(encoded, encoded.length - SEED_BYTES, encoded.length);
    byte[] point = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    this.publicKey = Arrays.copyOf(PUBLIC_PREFIX, PUBLIC_PREFIX.length + point.length);
    System.arraycopy(point, 0, publicKey, PUBLIC_PREFIX.length, point.length);
  }

  /**
   * A signed text.
   *
   * @param signature in Base64
   */
  record Signed(String text, String signature) {}

  /** Whether receipts can be signed. */
  public boolean hasKey() {
    return key != null;
  }

  /** Names the public key: the first 16 hexadecimal digits of its SHA-256. */
  public String keyId() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has SHA-256", impossible);
    }
  }

  /** The public key in PEM. */
  public String publicKey() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getEncoder().encodeToString(publicKey)
        + "\n-----END PUBLIC KEY-----\n";
  }

  Signed sign(Erasure erasure, Instant now) {
    ObjectNode content = JSON.createObjectNode();
    content.put("format", FORMAT);
    content.put("erasure_id", erasure.id());
    content.put("project", erasure.project().value());
    content.put("request_time", erasure.createTime().toString());
    content.put("completion_time", now.toString());
    content.put("key_id", keyId());
    ObjectNode counts = content.putObject("erased");
    new TreeMap<>(erasure.counts()).forEach(counts::put);
    content
        .putArray("remarks")
        .addAll(erasure.remarks().stream().map(JSON.getNodeFactory()::stringNode).toList());
    String text = JSON.writeValueAsString(content);
    try {
      Signature signing = Signature.getInstance("Ed25519");
      signing.initSign(key);
      signing.update(text.getBytes(StandardCharsets.UTF_8));
      return new Signed(text, Base64.getEncoder().encodeToString(signing.sign()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The receipt can't be signed", impossible);
    }
  }
}
