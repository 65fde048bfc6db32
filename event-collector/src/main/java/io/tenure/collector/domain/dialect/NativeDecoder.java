package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.record.Dialect;
import java.util.List;
import java.util.Map;

/**
 * Reads events of our own API from JSON. The API's messages are written as JSON first, so that an
 * event kept aside is readable, and so that one reader alone decides about odd numbers and texts.
 */
public final class NativeDecoder {

  private final Arrival arrival;

  /** Decodes for one request. */
  public NativeDecoder(Arrival arrival) {
    this.arrival = arrival;
  }

  /** The events of an array, or the one event that stands alone. */
  public List<Draft> decode(byte[] json) {
    try (RecordReader reader = new RecordReader(json)) {
      return reader.records().stream()
          .map(
              element ->
                  new Draft(
                      arrival,
                      Dialect.NATIVE,
                      element.fields(),
                      Map.of(),
                      new Original(json, element.from(), element.to()),
                      element.fault()))
          .toList();
    }
  }
}
