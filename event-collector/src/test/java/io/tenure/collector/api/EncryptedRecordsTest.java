package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.SharedOnce;
import io.tenure.collector.domain.encryption.EncryptionKey;
import io.tenure.collector.domain.encryption.EncryptionKeys;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.encryption.KeyScheme;
import io.tenure.collector.domain.encryption.MemoryKeys;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envelopes made in the SDKs' direction and opened in ours. */
final class EncryptedRecordsTest {

  private static final String SECRET_WORD = "Kontostand";

  private final MemoryKeys keys = new MemoryKeys();
  private final EncryptionKeys book = new EncryptionKeys(keys, Clock.systemUTC());
  private final EnvelopeOpener opener = new EnvelopeOpener(keys);
  private final Bodies bodies = new Bodies(1 << 20, 8 << 20, 64 << 20);

  @ParameterizedTest
  @CsvSource({"RSA, RSA_AES", "EC, EC_AES", "SM2, SM2_SM4"})
  void opensOnePayloadForEachEvent(String name, KeyScheme scheme) throws Exception {
    EncryptionKey key = create(scheme);
    SealedForms sdk = SealedForms.with(name, key.publicKey());
    String json =
        "[" + sdk.wrapper(key.number(), sdk.payload(event("A")), sdk.payload(event("B"))) + "]";

    List<Draft> drafts = decode(SealedForms.mobileForm(9, json));

    assertThat(drafts).extracting(draft -> draft.fields().get("event")).containsExactly("A", "B");
    assertThat(drafts).allSatisfy(draft -> assertThat(draft.fault()).isNull());
    assertThat(drafts)
        .extracting(draft -> draft.fields().get("_flush_time"))
        .containsOnly(1700000000123L);
  }

  @ParameterizedTest
  @CsvSource({"RSA, RSA_AES", "EC, EC_AES", "SM2, SM2_SM4"})
  void opensAWholeRequest(String name, KeyScheme scheme) throws Exception {
    EncryptionKey key = create(scheme);
    SealedForms sdk = SealedForms.with(name, key.publicKey());
    String payload = sdk.payload("[" + event("A") + "," + event("B") + "," + event("C") + "]");

    List<Draft> drafts =
        decode(SealedForms.mobileForm(13, "[" + sdk.transportWrapper(key.number(), payload) + "]"));

    assertThat(drafts)
        .extracting(draft -> draft.fields().get("event"))
        .containsExactly("A", "B", "C");
  }

  @Test
  void opensWhatTheWebPluginsSend() throws Exception {
    EncryptionKey key = create(KeyScheme.SM2_SM4);
    SealedForms sdk = SealedForms.with("SM2", key.publicKey());
    byte[] shared = "0123456789abcdef".getBytes(UTF_8);
    create(KeyScheme.PRESHARED_AES, "7", Base64.getEncoder().encodeToString(shared));

    assertThat(decode(SealedForms.webForm(sdk.wrapper(key.number(), sdk.payload(event("A"))))))
        .extracting(draft -> draft.fields().get("event"))
        .containsExactly("A");
    assertThat(decode(SealedForms.webForm(SealedForms.preshared("7", shared, event("B")))))
        .extracting(draft -> draft.fields().get("event"))
        .containsExactly("B");
    String numeric = SealedForms.preshared("7", shared, event("C")).replace("\"7\"", "7");
    assertThat(decode(SealedForms.webForm(numeric)))
        .extracting(draft -> draft.fields().get("event"))
        .containsExactly("C");
  }

  @Test
  void knowsAnUnflaggedEnvelopeByItsShape() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String once = sdk.encrypted(event("A").getBytes(UTF_8));
    String twice = SensorsForms.base64(once.getBytes(UTF_8));

    for (String payload : List.of(once, twice)) {
      String json = sdk.wrapper(key.number(), payload);
      for (String data : List.of(json, SensorsForms.base64(json.getBytes(UTF_8)))) {
        assertThat(decode("data=" + SensorsForms.escaped(data)))
            .extracting(draft -> draft.fields().get("event"))
            .containsExactly("A");
      }
    }
  }

  @Test
  void opensWhatARetiredKeySealedAndNothingAfterItsDestruction() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String form =
        SealedForms.mobileForm(9, "[" + sdk.wrapper(key.number(), sdk.payload(event("A"))) + "]");

    book.retire(administrator(), key.id());
    assertThat(decode(form).getFirst().fault()).isNull();
    book.destroy(administrator(), key.id());
    assertThat(reason(decode(form).getFirst())).isEqualTo(QuarantineReason.KEY_UNKNOWN);
  }

  @Test
  void keepsTheWholeWrapperWhenTheKeyIsUnknownAndOpensItOnceItIsThere() throws Exception {
    EncryptionKey known = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", known.publicKey());
    String wrapper = sdk.wrapper(99, sdk.payload(event("A")), sdk.payload(event("B")));

    List<Draft> drafts = decode(SealedForms.mobileForm(9, "[" + wrapper + "]"));

    assertThat(drafts).hasSize(1);
    assertThat(reason(drafts.getFirst())).isEqualTo(QuarantineReason.KEY_UNKNOWN);
    byte[] kept = drafts.getFirst().original().bytes();
    assertThat(new String(kept, UTF_8)).isEqualTo(wrapper);

    byte[] sameKey = secretOf(KeyScheme.RSA_AES);
    EncryptionKey late =
        create(KeyScheme.RSA_AES, "99", Base64.getEncoder().encodeToString(sameKey));
    SealedForms other = SealedForms.with("RSA", late.publicKey());
    String later = other.wrapper(99, other.payload(event("C")));
    assertThat(decode(Map.of("gzip", "9", "data", later))).hasSize(1);
    assertThat(decode(SealedForms.mobileForm(9, "[" + later + "]")).getFirst().fault()).isNull();
    // Sealed for another pair of the same version.
    assertThat(reason(decode(Map.of("gzip", "9", "data", wrapper)).getFirst()))
        .isEqualTo(QuarantineReason.DECRYPTION_FAILED);
  }

  @Test
  void triesEveryKeyOfAVersion() throws Exception {
    EncryptionKey rsa = create(KeyScheme.RSA_AES, "5", "");
    EncryptionKey sm2 = create(KeyScheme.SM2_SM4, "5", "");
    EncryptionKey ec = create(KeyScheme.EC_AES, "5", "");

    for (var each : Map.of("RSA", rsa, "SM2", sm2, "EC", ec).entrySet()) {
      SealedForms sdk = SealedForms.with(each.getKey(), each.getValue().publicKey());
      String json = "[" + sdk.wrapper(5, sdk.payload(event("A"))) + "]";
      assertThat(decode(SealedForms.mobileForm(9, json)).getFirst().fault()).isNull();
    }
  }

  @Test
  void keepsOnlyTheTamperedPayloadAside() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String good = sdk.payload(event("A"));
    byte[] bytes = Base64.getDecoder().decode(sdk.payload(event("B")));
    bytes[20] ^= 1;
    String tampered = Base64.getEncoder().encodeToString(bytes);

    List<Draft> drafts =
        decode(SealedForms.mobileForm(9, "[" + sdk.wrapper(key.number(), good, tampered) + "]"));

    assertThat(drafts).hasSize(2);
    assertThat(drafts.get(0).fields().get("event")).isEqualTo("A");
    assertThat(reason(drafts.get(1))).isEqualTo(QuarantineReason.DECRYPTION_FAILED);
    assertThat(new String(drafts.get(1).original().bytes(), UTF_8))
        .contains(tampered)
        .doesNotContain(good);
  }

  @Test
  void keepsAWrapperWithATamperedKeyAside() throws Exception {
    EncryptionKey key = create(KeyScheme.SM2_SM4);
    SealedForms sdk = SealedForms.with("SM2", key.publicKey());
    String wrapper = sdk.wrapper(key.number(), sdk.payload(event("A")));
    String tampered = wrapper.replaceFirst("\"ekey\":\"....", "\"ekey\":\"AAAA");

    Draft draft = decode(SealedForms.mobileForm(9, "[" + tampered + "]")).getFirst();

    assertThat(reason(draft)).isEqualTo(QuarantineReason.DECRYPTION_FAILED);
    assertThat(new String(draft.original().bytes(), UTF_8)).isEqualTo(tampered);
  }

  @Test
  void comparesTheChecksumOfTheBareText() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String json = "[" + sdk.wrapper(key.number(), sdk.payload(event("A"))) + "]";

    Draft draft = decode("crc=1&gzip=9&data_list=" + SensorsForms.escaped(json)).getFirst();

    assertThat(reason(draft)).isEqualTo(QuarantineReason.CRC_MISMATCH);
    assertThat(new String(draft.original().bytes(), UTF_8)).isEqualTo(json);
  }

  @Test
  void neverKeepsAnOpenedRecordInTheOpen() throws Exception {
    byte[] shared = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    create(KeyScheme.PRESHARED_AES, "web", Base64.getEncoder().encodeToString(shared));
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String bad = event(SECRET_WORD);
    List<String> forms =
        List.of(
            SealedForms.mobileForm(
                9, "[" + sdk.wrapper(key.number(), sdk.payload(bad), sdk.payload(bad)) + "]"),
            SealedForms.mobileForm(9, "[" + sdk.wrapper(key.number(), sdk.payload(bad)) + "]"),
            SealedForms.mobileForm(
                13,
                "["
                    + sdk.transportWrapper(
                        key.number(), sdk.payload("[" + bad + "," + event("B") + "]"))
                    + "]"),
            SealedForms.webForm(SealedForms.preshared("web", shared, bad)));

    for (String form : forms) {
      Draft draft = decode(form).getFirst();
      byte[] kept = draft.original().bytes();
      assertThat(new String(kept, UTF_8)).doesNotContain(SECRET_WORD);
      Verdict.Quarantine verdict = new Verdict.Quarantine(QuarantineReason.TIME_TOO_OLD, "");
      assertThat(draft.aside(verdict, new SharedOnce()).context().toString())
          .doesNotContain(SECRET_WORD);
      assertThat(kept).isEqualTo(draft.original().bytes());
      List<Draft> again = decode(Map.of("gzip", "9", "data", new String(kept, UTF_8)));
      assertThat(again).hasSize(1);
      assertThat(again.getFirst().fields()).isEqualTo(draft.fields());
    }
  }

  @Test
  void keepsEachRecordOfAWholeRequestInItsOwnEnvelope() throws Exception {
    EncryptionKey key = create(KeyScheme.SM2_SM4);
    SealedForms sdk = SealedForms.with("SM2", key.publicKey());
    String payload = sdk.payload("[" + event("A") + "," + event("B") + "," + event("A1") + "]");

    List<Draft> drafts =
        decode(SealedForms.mobileForm(13, "[" + sdk.transportWrapper(1, payload) + "]"));

    Set<String> kept = new HashSet<>();
    for (Draft draft : drafts) {
      kept.add(new String(draft.original().bytes(), UTF_8));
    }
    assertThat(kept).hasSize(3);
  }

  @Test
  void readsRecordsInTheOpenBesideEnvelopes() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String json = "[" + event("A") + "," + sdk.wrapper(key.number(), sdk.payload(event("B"))) + "]";

    assertThat(decode(SealedForms.mobileForm(9, json)))
        .extracting(draft -> draft.fields().get("event"))
        .containsExactly("A", "B");
  }

  @Test
  void stopsABombInsideAPayload() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String bomb = sdk.encrypted(SensorsForms.gzip(new byte[20 << 20]));
    String half = sdk.encrypted(SensorsForms.gzip(new byte[5 << 20]));

    for (String wrapper :
        List.of(sdk.wrapper(key.number(), bomb), sdk.wrapper(key.number(), half, half))) {
      assertThatThrownBy(() -> decode(SealedForms.mobileForm(9, "[" + wrapper + "]")))
          .isInstanceOf(BodyTooLarge.class);
    }
  }

  @Test
  void keepsBrokenEnvelopesAside() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String good = sdk.wrapper(1, sdk.payload(event("A")));
    for (String wrapper :
        List.of(
            "{\"ekey\":1,\"pkv\":1,\"payloads\":[\"x\"]}",
            "{\"ekey\":\"%%%\",\"pkv\":1,\"payloads\":[\"x\"]}",
            "{\"ekey\":\"" + "A".repeat(5000) + "\",\"pkv\":1,\"payloads\":[\"x\"]}",
            good.replaceFirst("\\[\".*\"]", "[]"),
            good.replaceFirst("\\[\".*\"]", "[1]"),
            good.replaceFirst("\\[\".*\"]", "[\"AAAA\"]"),
            good.replaceFirst("\\[\".*\"]", "[\"" + sdk.encrypted(new byte[9]) + "\"]"),
            good.replaceFirst(
                "\\[\".*\"]", "[\"" + sdk.encrypted(new byte[] {0x1f, (byte) 0x8b, 9}) + "\"]"),
            "{\"key_id\":\"x\",\"payload\":\"\"}")) {
      Draft draft = decode(SealedForms.mobileForm(9, wrapper)).getFirst();
      assertThat(reason(draft)).as(wrapper).isEqualTo(QuarantineReason.DECRYPTION_FAILED);
      assertThat(new String(draft.original().bytes(), UTF_8)).isEqualTo(wrapper);
    }
  }

  @Test
  void boundsTheKeysOfOneRequest() throws Exception {
    EncryptionKey key = create(KeyScheme.SM2_SM4);
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 250; i++) {
      SealedForms sdk = SealedForms.with("SM2", key.publicKey());
      json.append(i == 0 ? "" : ",").append(sdk.wrapper(1, sdk.payload(event("A"))));
    }
    String form = SealedForms.mobileForm(9, json.append("]").toString());

    assertThat(decode(form)).filteredOn(draft -> draft.fault() == null).hasSize(200);
    // What was opened is remembered, so the rest is opened the next time.
    assertThat(decode(form)).allSatisfy(draft -> assertThat(draft.fault()).isNull());
  }

  @Test
  void opensNothingOfAnotherProject() throws Exception {
    EncryptionKey key = create(KeyScheme.RSA_AES);
    SealedForms sdk = SealedForms.with("RSA", key.publicKey());
    String form = SealedForms.mobileForm(9, "[" + sdk.wrapper(1, sdk.payload(event("A"))) + "]");
    assertThat(decode(form).getFirst().fault()).isNull();

    Draft elsewhere =
        new SensorsDecoder(new Arrival(new ProjectId("other-bank"), NOON), opener)
            .decode(FormFields.parse(form.getBytes(UTF_8)), packed -> packed)
            .getFirst();

    assertThat(reason(elsewhere)).isEqualTo(QuarantineReason.KEY_UNKNOWN);
  }

  private EncryptionKey create(KeyScheme scheme) {
    return create(scheme, "", "");
  }

  private EncryptionKey create(KeyScheme scheme, String version, String secret) {
    return book.create(administrator(), scheme, version, secret);
  }

  private static byte[] secretOf(KeyScheme scheme) throws Exception {
    assertThat(scheme).isEqualTo(KeyScheme.RSA_AES);
    var generator = java.security.KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair().getPrivate().getEncoded();
  }

  private static Caller administrator() {
    return new Caller(BANK, "person:test", Caller.Role.ADMINISTRATOR);
  }

  private static String event(String name) {
    return "{\"type\":\"track\",\"event\":\"" + name + "\",\"distinct_id\":\"d\",\"time\":1}";
  }

  private static QuarantineReason reason(Draft draft) {
    return Objects.requireNonNull(draft.fault()).reason();
  }

  private List<Draft> decode(String form) throws IOException {
    return decode(FormFields.parse(form.getBytes(UTF_8)));
  }

  private List<Draft> decode(Map<String, String> form) throws IOException {
    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(new byte[0]))) {
      return new SensorsDecoder(new Arrival(BANK, NOON), opener).decode(form, body::inflate);
    }
  }
}
