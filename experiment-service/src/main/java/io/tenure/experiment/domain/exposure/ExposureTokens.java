package io.tenure.experiment.domain.exposure;

import io.tenure.evaluator.UnitType;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what was dealt, so that whoever reports an exposure cannot make one up: {@code
 * base64url(content).base64url(HMAC-SHA256(content))}. A token is good for 90 days in its project.
 */
public final class ExposureTokens {

  private static final int VERSION = 1;
  private static final int LONGEST = 8_192;

  /** From the beginning of the day of the signature: 90 whole days. */
  private static final Duration LIFE = Duration.ofDays(91);

  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final ExposureKeys keys;
  private final Clock clock;

  /** Tokens signed with these keys. */
  public ExposureTokens(ExposureKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** The token of what was dealt; empty when the secret cannot be had now. */
  public String sign(ProjectId project, Dealt dealt) {
    try {
      byte[] content = write(dealt);
      return ENCODER.encodeToString(content)
          + '.'
          + ENCODER.encodeToString(signature(project, content));
    } catch (Failure away) {
      return "";
    }
  }

  /**
   * What a token says; empty when it was not signed here, was changed, or is too old.
   *
   * @throws Failure when the secret cannot be had now
   */
  public Optional<Dealt> verify(ProjectId project, String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] content = DECODER.decode(token.substring(0, dot));
      byte[] signature = DECODER.decode(token.substring(dot + 1));
      return MessageDigest.isEqual(signature, signature(project, content))
          ? read(content)
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private byte[] signature(ProjectId project, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(keys.of(project), ALGORITHM));
      return mac.doFinal(content);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private byte[] write(Dealt dealt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      // Only the day, so that a decision that stays the same looks the same to an SDK.
      out.writeLong(clock.instant().truncatedTo(ChronoUnit.DAYS).toEpochMilli());
      out.writeUTF(dealt.experiment());
      out.writeInt(dealt.phase());
      out.writeUTF(dealt.flag());
      out.writeUTF(dealt.variant());
      out.writeByte(dealt.unitType().ordinal());
      out.writeUTF(dealt.unit());
      out.writeUTF(dealt.targetingKey());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Only of what was signed here. */
  private Optional<Dealt> read(byte[] content) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      Instant signed = Instant.ofEpochMilli(in.readLong());
      Dealt dealt =
          new Dealt(
              in.readUTF(),
              in.readInt(),
              in.readUTF(),
              in.readUTF(),
              UnitType.values()[in.readByte()],
              in.readUTF(),
              in.readUTF());
      return signed.plus(LIFE).isBefore(clock.instant()) ? Optional.empty() : Optional.of(dealt);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
