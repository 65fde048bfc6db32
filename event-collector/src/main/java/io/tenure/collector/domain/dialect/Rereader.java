package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a record kept aside again, as if it came now the way it came then: with its receive time,
 * its sender, and what its body said about all its records.
 */
public final class Rereader {

  private final PayloadReader payloads;
  private final Unpacker unpacker;

  /** Opens the payload of a Sensors form. */
  @FunctionalInterface
  public interface PayloadReader {
    /** The records of a form. */
    List<Draft> read(Arrival arrival, Map<String, String> form, Unpacker unpacker)
        throws IOException;
  }

  /** Reads payloads as the door does. */
  public Rereader(PayloadReader payloads, Unpacker unpacker) {
    this.payloads = payloads;
    this.unpacker = unpacker;
  }

  /**
   * The records in the bytes: one, or those of a payload that could not be opened before, or of a
   * batch that was too large.
   *
   * @param form changes to the form of such a payload
   */
  public List<Draft> read(LogRecord.Quarantined aside, FormChange form) {
    Arrival arrival = arrival(aside);
    if (aside.context().referred().isPresent()) {
      // Without what its body said, its times and ids could come out wrong.
      return List.of(still(aside, arrival));
    }
    if (aside.reason() == QuarantineReason.BATCH_TOO_LARGE) {
      return batch(aside, arrival);
    }
    Map<String, Object> shared = shared(aside.context());
    if (shared.get(SensorsDecoder.FORM) instanceof Map<?, ?> wrapper) {
      return payload(aside, arrival, form.of(texts(wrapper)));
    }
    try (RecordReader reader = new RecordReader(aside.original())) {
      return reader.records().stream()
          .map(element -> draft(aside, arrival, shared, element))
          .flatMap(
              draft ->
                  draft.dialect() == Dialect.SEGMENT
                      ? SegmentGroup.split(draft).stream()
                      : Stream.of(draft))
          .toList();
    } catch (MalformedBody malformed) {
      return List.of(still(aside, arrival));
    }
  }

  /** Whoever replays a batch wants its records, however many they are. */
  private static List<Draft> batch(LogRecord.Quarantined aside, Arrival arrival) {
    try {
      return new SegmentDecoder(arrival).batchOfAnySize(aside.original());
    } catch (MalformedBody malformed) {
      return List.of(still(aside, arrival));
    }
  }

  /** Changes the fields of a form beside its payload. */
  @FunctionalInterface
  public interface FormChange {
    /** The changed form. */
    Map<String, String> of(Map<String, String> form);
  }

  private List<Draft> payload(
      LogRecord.Quarantined aside, Arrival arrival, Map<String, String> wrapper) {
    Map<String, String> form = new LinkedHashMap<>(wrapper);
    form.put("data_list", new String(aside.original(), StandardCharsets.UTF_8));
    try {
      return payloads.read(arrival, form, unpacker);
    } catch (IOException | MalformedBody unreadable) {
      return List.of(still(aside, arrival));
    }
  }

  private static Draft draft(
      LogRecord.Quarantined aside,
      Arrival arrival,
      Map<String, Object> shared,
      RecordReader.Element element) {
    Map<String, Object> fields = new LinkedHashMap<>(element.fields());
    if (aside.dialect() == Dialect.SEGMENT && shared.containsKey(SegmentDecoder.PATH_TYPE)) {
      fields.put("type", shared.get(SegmentDecoder.PATH_TYPE));
    }
    return new Draft(
        arrival,
        aside.dialect(),
        fields,
        shared,
        new Original(aside.original(), element.from(), element.to()),
        element.fault());
  }

  /** Nothing has changed: it can't be read. */
  private static Draft still(LogRecord.Quarantined aside, Arrival arrival) {
    return new Draft(
        arrival,
        aside.dialect(),
        Map.of(),
        shared(aside.context()),
        Original.of(aside.original()),
        new Verdict.Quarantine(aside.reason(), aside.detail()));
  }

  private static Arrival arrival(LogRecord.Quarantined aside) {
    QuarantineContext context = aside.context();
    return new Arrival(
        aside.project(),
        context.otherProjects().stream().map(ProjectId::new).collect(Collectors.toSet()),
        aside.receiveTime(),
        context.address(),
        context.userAgent(),
        context.retry());
  }

  private static Map<String, Object> shared(QuarantineContext context) {
    try (RecordReader reader =
        new RecordReader(context.shared().getBytes(StandardCharsets.UTF_8))) {
      return reader.records().getFirst().fields();
    }
  }

  private static Map<String, String> texts(Map<?, ?> form) {
    Map<String, String> texts = new LinkedHashMap<>();
    form.forEach((name, value) -> texts.put((String) name, value.toString()));
    return texts;
  }
}
