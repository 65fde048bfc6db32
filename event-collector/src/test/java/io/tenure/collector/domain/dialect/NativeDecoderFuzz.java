package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.Records;
import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads any bytes as events of our own API. */
public final class NativeDecoderFuzz {

  private static final NativeDecoder DECODER =
      new NativeDecoder(new Arrival(Records.BANK, Records.NOON));
  private static final Shape SHAPE = new Shape(Limits.DEFAULT);

  private NativeDecoderFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] body) {
    Optional<Value> expected = ExactJson.read(body);
    try {
      List<Draft> drafts = DECODER.decode(body);
      RecordOracle.require(expected.isPresent(), "only JSON is read");
      RecordOracle.checkDrafts(RecordOracle.recordsOf(expected.orElseThrow()), drafts, Map.of());
      drafts.forEach(SHAPE::judge);
    } catch (MalformedBody refused) {
      RecordOracle.checkRefused(expected);
    }
  }
}
