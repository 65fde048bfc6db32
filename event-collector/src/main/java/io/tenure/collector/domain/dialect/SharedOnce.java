package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.QuarantineContext;

/**
 * Lets the records of one request that are kept aside tell large shared fields once. Repeated with
 * each of them, a small body could make its own size squared of them.
 */
public final class SharedOnce {

  private String told = "";
  private String reference = "";

  /** The fields themselves, or for the second time a reference to them. */
  String of(String json) {
    if (json.length() <= QuarantineContext.MOST_REPEATED) {
      return json;
    }
    if (!json.equals(told)) {
      told = json;
      reference = QuarantineContext.reference(json);
      return json;
    }
    return reference;
  }
}
