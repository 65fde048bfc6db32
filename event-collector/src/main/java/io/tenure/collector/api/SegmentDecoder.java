package io.tenure.collector.api;

import io.tenure.collector.domain.Dialect;
import io.tenure.collector.domain.Draft;
import io.tenure.collector.domain.Draft.Envelope;
import io.tenure.collector.domain.Draft.Original;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Unpacks what a Segment SDK sends: a JSON object that is a record or holds a batch of them. */
final class SegmentDecoder {

  private final ProjectId project;
  private final Instant receiveTime;
  private final boolean retry;

  /**
   * Decodes for one request.
   *
   * @param retry whether the sender says that it sends the request again
   */
  SegmentDecoder(ProjectId project, Instant receiveTime, boolean retry) {
    this.project = project;
    this.receiveTime = receiveTime;
    this.retry = retry;
  }

  /** The records of a batch. */
  List<Draft> batch(byte[] json) {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (RecordReader reader = new RecordReader(json)) {
      List<RecordReader.Element> elements = reader.recordsOf("batch", fields);
      Envelope envelope = new Envelope(fields, retry);
      return elements.stream().map(element -> draft(json, element, envelope)).toList();
    }
  }

  /** The one record of a body whose path names its type. */
  List<Draft> single(byte[] json, String type) {
    Envelope envelope = new Envelope(Map.of(), retry);
    try (RecordReader reader = new RecordReader(json)) {
      List<RecordReader.Element> elements = reader.records();
      elements.stream()
          .filter(element -> element.fault() == null)
          .forEach(element -> element.fields().put("type", type));
      return elements.stream().map(element -> draft(json, element, envelope)).toList();
    }
  }

  private Draft draft(byte[] json, RecordReader.Element element, Envelope envelope) {
    return new Draft(
        project,
        Dialect.SEGMENT,
        receiveTime,
        element.fields(),
        envelope,
        new Original(json, element.from(), element.to()),
        element.fault());
  }
}
