package io.tenure.segment.store;

import io.tenure.condition.store.ConditionJson;
import io.tenure.segment.domain.segment.SegmentDraft;

/** The stored form of a segment's definition. */
final class SegmentJson {

  private SegmentJson() {}

  static String write(SegmentDraft draft) {
    return ConditionJson.MAPPER.writeValueAsString(draft);
  }

  static SegmentDraft read(String text) {
    return ConditionJson.MAPPER.readValue(text, SegmentDraft.class);
  }
}
