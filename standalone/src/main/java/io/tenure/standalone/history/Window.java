package io.tenure.standalone.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records and rejects since the last saved position. */
final class Window {

  private static final int BATCH = 250;
  private static final int BATCHES = 4;

  private final List<Map<String, Object>> records = new ArrayList<>();
  private final List<Map<String, Object>> rejects = new ArrayList<>();

  /** Takes the records of one row and returns them. */
  List<Map<String, Object>> add(List<Map<String, Object>> converted) {
    records.addAll(converted);
    return converted;
  }

  void reject(String file, Row row, String reason) {
    Map<String, Object> reject = new LinkedHashMap<>();
    reject.put("file", file);
    reject.put("line", row.line());
    reject.put("row", row.number());
    reject.put("reason", reason);
    reject.put("columns", row.columns());
    rejects.add(reject);
  }

  boolean isFull() {
    return records.size() >= BATCH * BATCHES || rejects.size() >= BATCH * BATCHES;
  }

  List<List<Map<String, Object>>> batches() {
    List<List<Map<String, Object>>> batches = new ArrayList<>();
    for (int begin = 0; begin < records.size(); begin += BATCH) {
      batches.add(List.copyOf(records.subList(begin, Math.min(begin + BATCH, records.size()))));
    }
    return batches;
  }

  List<Map<String, Object>> rejects() {
    return rejects;
  }

  void clear() {
    records.clear();
    rejects.clear();
  }
}
