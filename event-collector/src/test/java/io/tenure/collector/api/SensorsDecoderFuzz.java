package io.tenure.collector.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.collector.domain.dialect.RecordOracle;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads any bytes as a Sensors form. The first byte chooses what they are: the whole form, the JSON
 * inside (plain, packed, with a right or a wrong checksum), or what claims to be packed.
 */
public final class SensorsDecoderFuzz {

  private static final int WIRE = 1 << 16;
  private static final int INFLATED = 1 << 17;
  private static final Bodies BODIES = new Bodies(WIRE, INFLATED, 64L << 20);
  private static final Shape SHAPE = new Shape(Limits.DEFAULT);

  private SensorsDecoderFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(input, 1, input.length);
    String base64 = SensorsForms.base64(content);
    int crc = base64.hashCode();
    switch (Math.floorMod(input[0], 6)) {
      case 0 -> anything(content);
      case 1 -> json(content, "data_list=" + SensorsForms.escaped(base64));
      case 2 -> json(content, "crc=" + crc + "&gzip=0&data=" + SensorsForms.escaped(base64));
      case 3 -> json(content, packed(content));
      case 4 -> wrongChecksum("ext=crc%3D" + (crc + 1) + "&data=" + SensorsForms.escaped(base64));
      default -> anything(("gzip=1&data=" + SensorsForms.escaped(base64)).getBytes(ISO_8859_1));
    }
  }

  private static String packed(byte[] content) {
    return "gzip=1&data_list="
        + SensorsForms.escaped(SensorsForms.base64(SensorsForms.gzip(content)));
  }

  private static void anything(byte[] form) throws IOException {
    try {
      decode(form).forEach(SHAPE::judge);
    } catch (MalformedBody | BodyTooLarge refused) {
      return;
    }
  }

  private static void json(byte[] content, String form) throws IOException {
    Optional<Value> expected = ExactJson.read(content);
    try {
      List<Draft> drafts = decode(form.getBytes(ISO_8859_1));
      RecordOracle.require(expected.isPresent(), "only JSON is read");
      RecordOracle.checkDrafts(RecordOracle.recordsOf(expected.orElseThrow()), drafts, Map.of());
      drafts.forEach(SHAPE::judge);
    } catch (MalformedBody refused) {
      RecordOracle.checkRefused(expected);
    }
  }

  private static void wrongChecksum(String form) throws IOException {
    try {
      List<Draft> drafts = decode(form.getBytes(ISO_8859_1));
      Verdict.Quarantine fault = drafts.getFirst().fault();
      RecordOracle.require(
          fault != null && fault.reason() == QuarantineReason.CRC_MISMATCH,
          "a wrong checksum is noticed");
    } catch (MalformedBody empty) {
      RecordOracle.require(form.endsWith("data="), "only an empty form is refused");
    }
  }

  private static List<Draft> decode(byte[] form) throws IOException {
    try (Bodies.Body body = BODIES.read(new ByteArrayInputStream(form))) {
      return new SensorsDecoder(new Arrival(Records.BANK, Records.NOON))
          .decode(FormFields.parse(body.content()), body::inflate);
    }
  }
}
