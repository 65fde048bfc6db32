package io.tenure.collector.domain.dialect;

import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import java.util.List;
import java.util.Optional;

/** Reads any bytes as records: JSON exactly as RFC 8259 has it, or refused. */
public final class RecordReaderFuzz {

  private RecordReaderFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] body) {
    Optional<Value> expected = ExactJson.read(body);
    try (RecordReader reader = new RecordReader(body)) {
      List<RecordReader.Element> records = reader.records();
      RecordOracle.require(expected.isPresent(), "only JSON is read");
      RecordOracle.check(body, RecordOracle.recordsOf(expected.orElseThrow()), records);
    } catch (MalformedBody refused) {
      RecordOracle.checkRefused(expected);
    }
  }
}
