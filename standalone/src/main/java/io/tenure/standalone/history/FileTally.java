package io.tenure.standalone.history;

import io.tenure.standalone.history.ImportSummary.FileSummary;
import java.util.List;
import java.util.Map;

/** Counts what became of the rows of a file. */
final class FileTally {

  private final String source;
  private final String file;
  private long rows;
  private long resumed;
  private long filtered;
  private long rejected;
  private long events;
  private long profiles;

  FileTally(String source, String file) {
    this.source = source;
    this.file = file;
  }

  void resumed() {
    rows++;
    resumed++;
  }

  void rejected() {
    rows++;
    rejected++;
  }

  void converted(List<Map<String, Object>> records) {
    rows++;
    if (records.isEmpty()) {
      filtered++;
    }
    for (Map<String, Object> record : records) {
      if ("track".equals(record.get("type"))) {
        events++;
      } else {
        profiles++;
      }
    }
  }

  FileSummary summary() {
    return new FileSummary(source, file, rows, resumed, filtered, rejected, events, profiles);
  }
}
