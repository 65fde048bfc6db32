package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Unpacks what a Sensors SDK sends: a form whose {@code data} or {@code data_list} is JSON in
 * base64, packed or not, perhaps with a checksum.
 */
public final class SensorsDecoder {

  /** Where a draft that is a whole payload keeps the other fields of its form. */
  static final String FORM = "$form";

  private final Arrival arrival;

  /** Decodes for one request. */
  public SensorsDecoder(Arrival arrival) {
    this.arrival = arrival;
  }

  /**
   * The records of a form.
   *
   * @throws MalformedBody when there are none to be found
   */
  public List<Draft> decode(Map<String, String> form, Unpacker unpacker) throws IOException {
    String payload = payload(form);
    String packing = form.getOrDefault("gzip", "0");
    if (packing.equals("9") || packing.equals("13")) {
      return List.of(
          whole(
              form,
              payload,
              QuarantineReason.ENCRYPTION_NOT_SUPPORTED_YET,
              "The records are encrypted"));
    }
    String base64 = payload.replace(' ', '+');
    if (!checksumMatches(form, base64)) {
      return List.of(
          whole(
              form, base64, QuarantineReason.CRC_MISMATCH, "The checksum does not match the data"));
    }
    byte[] json = unpack(base64, packing, unpacker);
    try (RecordReader reader = new RecordReader(json)) {
      return reader.records().stream().map(element -> draft(json, element)).toList();
    }
  }

  private static String payload(Map<String, String> form) {
    String list = form.getOrDefault("data_list", "");
    String payload = list.isEmpty() ? form.getOrDefault("data", "") : list;
    if (payload.isEmpty()) {
      throw new MalformedBody("The form has neither 'data' nor 'data_list'");
    }
    return payload;
  }

  private static byte[] unpack(String base64, String packing, Unpacker unpacker)
      throws IOException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException notBase64) {
      throw new MalformedBody("The data is not base64");
    }
    return switch (packing) {
      case "", "0" -> bytes;
      case "1" -> unpacker.gunzip(bytes);
      default -> throw new MalformedBody("Unknown value of 'gzip'");
    };
  }

  /**
   * The checksum is Java's {@code String.hashCode} of the base64 text; mobile and web name it
   * differently.
   */
  private static boolean checksumMatches(Map<String, String> form, String base64) {
    String actual = Integer.toString(base64.hashCode());
    String claimed = form.getOrDefault("crc", "");
    if (!claimed.isEmpty() && !claimed.equals(actual)) {
      return false;
    }
    for (String part : form.getOrDefault("ext", "").split(",", -1)) {
      if (part.startsWith("crc=") && !part.equals("crc=" + actual)) {
        return false;
      }
    }
    return true;
  }

  private Draft draft(byte[] json, RecordReader.Element element) {
    return new Draft(
        arrival,
        Dialect.SENSORS,
        element.fields(),
        Map.of(),
        new Original(json, element.from(), element.to()),
        element.fault());
  }

  private Draft whole(
      Map<String, String> form, String payload, QuarantineReason reason, String detail) {
    return new Draft(
        arrival,
        Dialect.SENSORS,
        Map.of(),
        Map.of(FORM, wrapper(form)),
        Original.of(payload.getBytes(StandardCharsets.UTF_8)),
        new Verdict.Quarantine(reason, detail));
  }

  /** How the payload is packed and checked, to unpack it later. */
  private static Map<String, Object> wrapper(Map<String, String> form) {
    Map<String, Object> wrapper = new LinkedHashMap<>(form);
    wrapper.remove("data");
    wrapper.remove("data_list");
    return wrapper;
  }
}
