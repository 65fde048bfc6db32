package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.encryption.Envelope;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Unpacks what a Sensors SDK sends: a form whose {@code data} or {@code data_list} is JSON, in
 * base64, packed or not, or bare when its records are encrypted, perhaps with a checksum.
 */
public final class SensorsDecoder {

  /** Where a draft that is a whole payload keeps the other fields of its form. */
  static final String FORM = "$form";

  private static final Set<String> ENCRYPTED = Set.of("9", "13");

  private final Arrival arrival;
  private final EnvelopeOpener opener;

  /** Decodes for one request, which holds no encrypted records or whose keys are not known. */
  public SensorsDecoder(Arrival arrival) {
    this(arrival, EnvelopeOpener.WITHOUT_KEYS);
  }

  /** Decodes for one request. */
  public SensorsDecoder(Arrival arrival, EnvelopeOpener opener) {
    this.arrival = arrival;
    this.opener = opener;
  }

  /**
   * The records of a form.
   *
   * @throws MalformedBody when there are none to be found
   */
  public List<Draft> decode(Map<String, String> form, Unpacker unpacker) throws IOException {
    String payload = payload(form);
    String packing = form.getOrDefault("gzip", "0");
    // An app's own encryption comes without a flag.
    boolean bare = ENCRYPTED.contains(packing) || payload.startsWith("{");
    String text = bare ? payload : payload.replace(' ', '+');
    if (!checksumMatches(form, text)) {
      return List.of(
          whole(form, text, QuarantineReason.CRC_MISMATCH, "The checksum does not match the data"));
    }
    byte[] json = bare ? text.getBytes(StandardCharsets.UTF_8) : unpack(text, packing, unpacker);
    EnvelopeReader envelopes =
        new EnvelopeReader(arrival, opener.request(arrival.project()), unpacker);
    List<Draft> drafts = new ArrayList<>();
    try (RecordReader reader = new RecordReader(json)) {
      for (RecordReader.Element element : reader.records()) {
        if (Envelope.is(element.fields())) {
          drafts.addAll(envelopes.records(json, element));
        } else if (bare && !ENCRYPTED.contains(packing)) {
          throw new MalformedBody("The data is not base64");
        } else {
          drafts.add(draft(json, element));
        }
      }
    }
    return drafts;
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
   * The checksum is Java's {@code String.hashCode} of the text as it came; mobile and web name it
   * differently.
   */
  private static boolean checksumMatches(Map<String, String> form, String text) {
    String actual = Integer.toString(text.hashCode());
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
