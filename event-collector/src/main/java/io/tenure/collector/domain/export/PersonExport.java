package io.tenure.collector.domain.export;

import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What can be handed over about a person, and what can't. */
public final class PersonExport {

  private static final List<String> ALWAYS =
      List.of(
          "Other people's events are not handed over, also where they name one of the ids.",
          "Quarantined records are as they were sent and may name others; those that nobody can"
              + " read (encrypted or broken) can't be searched and are not in it.");

  private static final String ON_ITS_WAY =
      "Records that had just come in were still being delivered and may be missing; ask again"
          + " later for them.";

  private final EventLog log;
  private final List<Section> sections;

  /** An export of the given sections. */
  public PersonExport(EventLog log, List<Section> sections) {
    this.log = log;
    this.sections = List.copyOf(sections);
  }

  /** In the order they are handed over. */
  public List<Section> sections() {
    return sections;
  }

  /** What is beyond reach, asked before the sections are read; without personal data. */
  public List<String> remarks(Instant askTime) {
    List<String> remarks = new ArrayList<>(ALWAYS);
    boolean waiting =
        List.of(Reader.EVENTS, Reader.QUARANTINE).stream()
            .flatMap(reader -> log.oldestWaiting(reader).stream())
            .anyMatch(oldest -> !oldest.isAfter(askTime));
    if (waiting) {
      remarks.add(ON_ITS_WAY);
    }
    return remarks;
  }
}
