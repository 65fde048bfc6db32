package io.tenure.collector.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.collector.domain.dialect.RecordOracle;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.encryption.EncryptionKey;
import io.tenure.collector.domain.encryption.EncryptionKeys;
import io.tenure.collector.domain.encryption.Envelope;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.encryption.KeyScheme;
import io.tenure.collector.domain.encryption.MemoryKeys;
import io.tenure.collector.domain.encryption.RecordKey;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import io.tenure.platform.tenancy.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads any bytes as encrypted records. The first byte chooses what they are: an envelope, what was
 * sealed in one, its wrapped key, a payload, or what a payload inflates to. Envelopes are made by
 * another implementation than the one that opens them.
 */
public final class EnvelopeFuzz {

  private static final int INFLATED = 1 << 17;
  private static final int TIMES = 64;
  private static final Set<QuarantineReason> CLOSED =
      Set.of(QuarantineReason.KEY_UNKNOWN, QuarantineReason.DECRYPTION_FAILED);
  private static final Bodies BODIES = new Bodies(1 << 16, INFLATED, 64L << 20);
  private static final Shape SHAPE = new Shape(Limits.DEFAULT);
  private static final MemoryKeys KEYS = new MemoryKeys();
  private static final EnvelopeOpener OPENER = new EnvelopeOpener(KEYS);
  private static final List<Sender> SENDERS =
      List.of(
          Sender.of("RSA", KeyScheme.RSA_AES),
          Sender.of("EC", KeyScheme.EC_AES),
          Sender.of("SM2", KeyScheme.SM2_SM4));

  private EnvelopeFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(input, 1, input.length);
    int choice = Math.floorMod(input[0], 16);
    Sender sender = SENDERS.get(choice % SENDERS.size());
    switch (choice / SENDERS.size()) {
      case 0 -> sealed(content, sender);
      case 1 -> packed(content, sender);
      case 2 -> wrappedKey(content, sender);
      case 3 -> payload(content, sender);
      case 4 -> inflating(content, sender);
      default -> anything(content);
    }
  }

  /** An SDK with a key of its own that was given a public key. */
  private record Sender(SealedForms sdk, int version) {

    static Sender of(String algorithm, KeyScheme scheme) {
      try {
        EncryptionKey key =
            new EncryptionKeys(KEYS, Clock.systemUTC())
                .create(
                    new Caller(Records.BANK, "person:fuzz", Caller.Role.ADMINISTRATOR),
                    scheme,
                    "",
                    "");
        return new Sender(SealedForms.with(algorithm, key.publicKey()), key.number());
      } catch (Exception exception) {
        throw new IllegalStateException(exception);
      }
    }

    /** Without a time of sending, which would be added to the records. */
    String envelope(String payload) {
      return sdk.wrapper(version, payload).replace(",\"flush_time\":1700000000123", "");
    }
  }

  private static void sealed(byte[] content, Sender sender) throws Exception {
    String payload = sender.sdk().encrypted(content);
    RecordKey key = key(sender.envelope(payload));
    RecordOracle.require(Arrays.equals(key.open(payload), content), "opened is what was sealed");
    RecordOracle.require(
        Arrays.equals(key.open(key.seal(content)), content), "sealed again it stays the same");
    RecordOracle.require(key.seal(content).equals(key.seal(content)), "sealing repeats itself");
    if (!isPacked(content)) {
      records(content, sender.envelope(payload));
    }
  }

  private static void packed(byte[] content, Sender sender) throws Exception {
    records(content, sender.envelope(sender.sdk().encrypted(SensorsForms.gzip(content))));
  }

  /** The records are those of the content, or the envelope is kept whole. */
  private static void records(byte[] content, String envelope) throws IOException {
    Optional<Value> expected = ExactJson.read(content);
    List<Draft> drafts = decode(envelope);
    if (isClosed(drafts, envelope)) {
      RecordOracle.checkRefused(expected);
      return;
    }
    RecordOracle.require(expected.isPresent(), "only JSON is read");
    RecordOracle.checkOpened(RecordOracle.recordsOf(expected.orElseThrow()), drafts);
    for (Draft draft : drafts) {
      SHAPE.judge(draft);
      keptEncrypted(draft);
    }
  }

  /** The bytes that would be kept are an envelope again, and opening it gives the same record. */
  private static void keptEncrypted(Draft draft) throws IOException {
    String kept = new String(draft.original().bytes(), UTF_8);
    RecordOracle.require(kept.startsWith("{\"ekey\""), "what came encrypted is kept encrypted");
    List<Draft> again = decode(kept);
    RecordOracle.require(
        again.size() == 1
            && again.getFirst().fields().equals(draft.fields())
            && Objects.equals(again.getFirst().fault(), draft.fault()),
        "what is kept can be read again");
  }

  /** A key that was not wrapped for us opens nothing. */
  private static void wrappedKey(byte[] wrapped, Sender sender) throws Exception {
    String envelope =
        sender
            .envelope(sender.sdk().encrypted("{}".getBytes(UTF_8)))
            .replaceFirst(
                "\"ekey\":\"[^\"]*\"",
                "\"ekey\":\"" + Base64.getEncoder().encodeToString(wrapped) + "\"");
    RecordOracle.require(isClosed(decode(envelope), envelope), "a foreign key opens nothing");
  }

  private static void payload(byte[] sealed, Sender sender) throws Exception {
    String payload = Base64.getEncoder().encodeToString(sealed);
    String envelope = sender.envelope(payload);
    Optional<byte[]> content = sender.sdk().decrypted(sealed);
    if (content.isEmpty() && sealed.length % 16 == 0) {
      RecordOracle.require(isClosed(decode(envelope), envelope), "what can't be opened is kept");
    } else if (content.isPresent() && !isPacked(content.get())) {
      records(content.get(), envelope);
    } else {
      anything(envelope.getBytes(UTF_8));
    }
  }

  /** However little a bomb weighs, it is refused before it has taken more room than it may. */
  private static void inflating(byte[] content, Sender sender) throws Exception {
    byte[] large = new byte[content.length * TIMES];
    for (int i = 0; i < large.length; i++) {
      large[i] = content[i % content.length];
    }
    String envelope = sender.envelope(sender.sdk().encrypted(SensorsForms.gzip(large)));
    try {
      decode(envelope);
      RecordOracle.require(large.length <= INFLATED, "nothing over the limit is inflated");
    } catch (BodyTooLarge refused) {
      RecordOracle.require(large.length > INFLATED, "nothing below the limit is refused");
    }
  }

  private static void anything(byte[] json) throws IOException {
    try {
      decode(new String(json, UTF_8)).forEach(SHAPE::judge);
    } catch (MalformedBody | BodyTooLarge refused) {
      return;
    }
  }

  private static boolean isClosed(List<Draft> drafts, String envelope) {
    if (drafts.size() != 1) {
      return false;
    }
    Verdict.Quarantine fault = drafts.getFirst().fault();
    boolean closed = fault != null && CLOSED.contains(fault.reason());
    if (closed) {
      RecordOracle.require(
          Arrays.equals(drafts.getFirst().original().bytes(), envelope.getBytes(UTF_8)),
          "what can't be opened is kept as it came");
    }
    return closed;
  }

  private static RecordKey key(String envelope) throws Unacceptable {
    Value.Members members = (Value.Members) ExactJson.read(envelope.getBytes(UTF_8)).orElseThrow();
    String wrapped =
        members.fields().stream()
            .filter(field -> field.getKey().equals("ekey"))
            .map(field -> (String) ((Value.Plain) field.getValue()).value())
            .findFirst()
            .orElseThrow();
    String version =
        members.fields().stream()
            .filter(field -> field.getKey().equals("pkv"))
            .map(field -> ((Value.Numeral) field.getValue()).text())
            .findFirst()
            .orElseThrow();
    return OPENER
        .request(Records.BANK)
        .key(Envelope.of(Map.of("ekey", wrapped, "pkv", version, "payloads", "x")));
  }

  private static boolean isPacked(byte[] content) {
    return content.length > 1 && content[0] == (byte) 0x1f && content[1] == (byte) 0x8b;
  }

  private static List<Draft> decode(String json) throws IOException {
    String form = "gzip=9&data_list=" + SensorsForms.escaped(json);
    try (Bodies.Body body = BODIES.read(new ByteArrayInputStream(form.getBytes(ISO_8859_1)))) {
      return new SensorsDecoder(new Arrival(Records.BANK, Records.NOON), OPENER)
          .decode(FormFields.parse(body.content()), body::inflate);
    }
  }
}
