package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.dialect.Draft.Cover;
import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.encryption.Envelope;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.encryption.RecordKey;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.ExactJson;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the encrypted records of one request. What can't be opened is kept as it came, to be opened
 * once the key is known; what was opened and is rejected later is kept encrypted too.
 */
final class EnvelopeReader {

  /** Far more than an SDK sends at a time; each of them may have to be kept in its own envelope. */
  private static final int MOST_RECORDS = 10_000;

  /** What a replay must know to read an envelope like a body. */
  private static final Map<String, Object> SHARED =
      Map.of(SensorsDecoder.FORM, Map.of("gzip", "9"));

  private final Arrival arrival;
  private final EnvelopeOpener.Request opener;
  private final Unpacker unpacker;

  EnvelopeReader(Arrival arrival, EnvelopeOpener.Request opener, Unpacker unpacker) {
    this.arrival = arrival;
    this.opener = opener;
    this.unpacker = unpacker;
  }

  /** The records in an envelope, and what of it could not be opened. */
  List<Draft> records(byte[] json, RecordReader.Element element) throws IOException {
    Original whole = new Original(json, element.from(), element.to());
    if (element.fault() != null) {
      return List.of(aside(whole, element.fault()));
    }
    Map<String, Object> fields = element.fields();
    try {
      Envelope envelope = Envelope.of(fields);
      return records(whole, fields, envelope.payloads(), opener.key(envelope));
    } catch (Unacceptable closed) {
      return List.of(aside(whole, closed.verdict()));
    }
  }

  private List<Draft> records(
      Original whole, Map<String, Object> fields, List<String> payloads, RecordKey key)
      throws IOException {
    List<Draft> drafts = new ArrayList<>();
    List<String> unopened = new ArrayList<>();
    Verdict.@Nullable Quarantine fault = null;
    for (String payload : payloads) {
      try {
        drafts.addAll(opened(whole, fields, payload, payloads.size() == 1, key));
      } catch (Unacceptable broken) {
        unopened.add(payload);
        fault = broken.verdict();
      }
    }
    if (fault != null) {
      boolean all = unopened.size() == payloads.size();
      drafts.add(aside(all ? whole : Original.of(envelope(fields, unopened)), fault));
    }
    return drafts;
  }

  private List<Draft> opened(
      Original whole, Map<String, Object> fields, String payload, boolean alone, RecordKey key)
      throws Unacceptable, IOException {
    byte[] json = content(key.open(payload));
    List<RecordReader.Element> elements = elements(json);
    List<Draft> drafts = new ArrayList<>(elements.size());
    for (RecordReader.Element element : elements) {
      Cover cover =
          elements.size() > 1
              ? plain -> envelope(fields, List.of(key.seal(plain)))
              : plain -> alone ? whole.bytes() : envelope(fields, List.of(payload));
      drafts.add(
          new Draft(
              arrival,
              Dialect.SENSORS,
              flushed(element.fields(), fields),
              SHARED,
              new Original(json, element.from(), element.to(), cover),
              element.fault()));
    }
    return drafts;
  }

  /** Not every SDK packs what it encrypts. */
  private byte[] content(byte[] opened) throws Unacceptable, IOException {
    boolean packed = opened.length > 1 && opened[0] == (byte) 0x1f && opened[1] == (byte) 0x8b;
    try {
      return packed ? unpacker.gunzip(opened) : opened;
    } catch (MalformedBody broken) {
      throw noRecords();
    }
  }

  private static List<RecordReader.Element> elements(byte[] json) throws Unacceptable {
    List<RecordReader.Element> elements;
    try (RecordReader reader = new RecordReader(json)) {
      elements = reader.records();
    } catch (MalformedBody broken) {
      throw noRecords();
    }
    if (elements.size() > MOST_RECORDS) {
      throw new Unacceptable(
          QuarantineReason.DECRYPTION_FAILED,
          "A payload holds more than " + MOST_RECORDS + " records");
    }
    return elements;
  }

  private static Unacceptable noRecords() {
    return new Unacceptable(
        QuarantineReason.DECRYPTION_FAILED, "A payload was opened, but it holds no records");
  }

  /** The envelope's time of sending stands in for that of its records. */
  private static Map<String, Object> flushed(
      Map<String, Object> record, Map<String, Object> envelope) {
    @Nullable Object time = envelope.get("flush_time");
    if (time == null || record.isEmpty()) {
      return record;
    }
    Map<String, Object> flushed = new LinkedHashMap<>(record);
    flushed.putIfAbsent("_flush_time", time);
    return flushed;
  }

  private static byte[] envelope(Map<String, Object> fields, List<String> payloads) {
    Map<String, Object> smaller = new LinkedHashMap<>(fields);
    if (smaller.containsKey("payload")) {
      smaller.put("payload", payloads.getFirst());
    } else {
      smaller.put("payloads", payloads);
    }
    return ExactJson.of(smaller).getBytes(StandardCharsets.UTF_8);
  }

  private Draft aside(Original original, Verdict.Quarantine verdict) {
    return new Draft(arrival, Dialect.SENSORS, Map.of(), SHARED, original, verdict);
  }
}
