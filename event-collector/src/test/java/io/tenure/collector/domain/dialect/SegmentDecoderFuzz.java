package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.Records;
import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads any bytes as a Segment call: the first byte chooses a single call or a batch. */
public final class SegmentDecoderFuzz {

  private static final SegmentDecoder DECODER =
      new SegmentDecoder(new Arrival(Records.BANK, Records.NOON));
  private static final Shape SHAPE = new Shape(Limits.DEFAULT);

  private SegmentDecoderFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] body = Arrays.copyOfRange(input, 1, input.length);
    Optional<Value> expected = ExactJson.read(body);
    try {
      if (input[0] % 2 == 0) {
        single(body, expected);
      } else {
        batch(body, expected);
      }
    } catch (MalformedBody refused) {
      boolean single = input[0] % 2 == 0;
      if (single) {
        RecordOracle.checkRefused(expected);
      }
    }
  }

  private static void single(byte[] body, Optional<Value> expected) {
    List<Draft> drafts = DECODER.single(body, "track");
    RecordOracle.require(expected.isPresent(), "only JSON is read");
    RecordOracle.checkDrafts(
        RecordOracle.recordsOf(expected.orElseThrow()), drafts, Map.of("type", "track"));
    drafts.forEach(SHAPE::judge);
  }

  private static void batch(byte[] body, Optional<Value> expected) {
    List<Draft> drafts = DECODER.batch(body);
    RecordOracle.require(
        expected.isPresent() && expected.get() instanceof Value.Members, "a batch is an object");
    Value.Members envelope = (Value.Members) expected.orElseThrow();
    List<Value> records =
        envelope.fields().stream()
            .filter(field -> field.getKey().equals("batch"))
            .filter(field -> field.getValue() instanceof Value.Elements)
            .flatMap(field -> RecordOracle.recordsOf(field.getValue()).stream())
            .toList();
    RecordOracle.checkDrafts(records, drafts, Map.of());
    drafts.forEach(SHAPE::judge);
  }
}
