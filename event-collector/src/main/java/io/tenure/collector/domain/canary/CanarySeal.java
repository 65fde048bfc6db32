package io.tenure.collector.domain.canary;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the ids of canaries and knows them again, without remembering any: what one collector sends
 * may arrive at another one. Only who has the secret can make one.
 */
public final class CanarySeal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int PROOF = 16;

  private final SecretKeySpec secret;

  /** A seal; collectors with the same secret know each other's canaries. */
  public CanarySeal(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /** An id nobody used before. */
  String newId() {
    String name = UUID.randomUUID().toString();
    return name + "." + proof(name);
  }

  /** Whether an id was made with this secret. */
  boolean made(String id) {
    int dot = id.lastIndexOf('.');
    return dot > 0
        && MessageDigest.isEqual(
            proof(id.substring(0, dot)).getBytes(StandardCharsets.UTF_8),
            id.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
  }

  private String proof(String name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] whole = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(whole, PROOF));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
