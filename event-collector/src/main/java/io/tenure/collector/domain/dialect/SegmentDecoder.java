package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.QuarantineReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Unpacks what a Segment SDK sends: a JSON object that is a record or holds a batch of them. */
public final class SegmentDecoder {

  /** Where a draft keeps the type its path named. */
  static final String PATH_TYPE = "$type";

  /** Most bytes of a batch, unpacked; Segment's own limit, which its SDKs keep. */
  static final int BATCH_BYTES = 500 * 1024;

  /** Most records of a batch. */
  static final int BATCH_RECORDS = 2500;

  private final Arrival arrival;

  /** Decodes for one request. */
  public SegmentDecoder(Arrival arrival) {
    this.arrival = arrival;
  }

  /**
   * The records of a batch.
   *
   * @throws MalformedBody also when the batch is over a limit: the SDKs drop it at 400 and at 413
   *     alike, so the reply is the one they know from Segment, and the batch is kept aside
   */
  public List<Draft> batch(byte[] json) {
    if (json.length > BATCH_BYTES) {
      throw tooLarge("has more than " + BATCH_BYTES + " bytes");
    }
    return batch(json, BATCH_RECORDS);
  }

  /** The records of a batch, whatever its size. */
  List<Draft> batchOfAnySize(byte[] json) {
    return batch(json, Integer.MAX_VALUE);
  }

  private List<Draft> batch(byte[] json, int most) {
    Map<String, Object> shared = new LinkedHashMap<>();
    try (RecordReader reader = new RecordReader(json)) {
      List<RecordReader.Element> elements = reader.recordsOf("batch", shared);
      if (elements.size() > most) {
        throw tooLarge("has more than " + most + " records");
      }
      return elements.stream()
          .map(element -> draft(json, element, shared))
          .flatMap(draft -> SegmentGroup.split(draft).stream())
          .toList();
    }
  }

  /** The one record of a body whose path names its type. */
  public List<Draft> single(byte[] json, String type) {
    try (RecordReader reader = new RecordReader(json)) {
      List<RecordReader.Element> elements = reader.records();
      elements.stream()
          .filter(element -> element.fault() == null)
          .forEach(element -> element.fields().put("type", type));
      return elements.stream()
          .map(element -> draft(json, element, Map.of(PATH_TYPE, type)))
          .flatMap(draft -> SegmentGroup.split(draft).stream())
          .toList();
    }
  }

  private static MalformedBody tooLarge(String detail) {
    return new MalformedBody(QuarantineReason.BATCH_TOO_LARGE, "The batch " + detail);
  }

  private Draft draft(byte[] json, RecordReader.Element element, Map<String, Object> shared) {
    return new Draft(
        arrival,
        Dialect.SEGMENT,
        element.fields(),
        shared,
        new Original(json, element.from(), element.to()),
        element.fault());
  }
}
