package io.tenure.collector.domain.erasure;

import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Forgets people in the event store and in the log, when all that was on its way has arrived. */
public final class PersonEraser {

  private final EventLog log;
  private final PersonLog records;
  private final PersonStore store;

  /** An eraser over a log and a store. */
  public PersonEraser(EventLog log, PersonLog records, PersonStore store) {
    this.log = log;
    this.records = records;
    this.store = store;
  }

  /**
   * What became of it.
   *
   * @param waitingReason why it can't be done yet; empty when it was done
   * @param counts by erasure, then by store
   */
  public record Outcome(
      String waitingReason, Map<String, Map<String, Long>> counts, List<String> remarks) {}

  /**
   * Erases people; again is harmless.
   *
   * @param people of one project, at least one
   * @param countOnly changes nothing
   */
  public Outcome erase(ProjectId project, List<Person> people, boolean countOnly) {
    String waiting = waiting(people);
    Map<String, Map<String, Long>> counts = new HashMap<>();
    store.count(project, people).forEach((id, own) -> counts.put(id, new HashMap<>(own)));
    records
        .count(record -> owner(people, record))
        .forEach(
            (id, count) ->
                counts.computeIfAbsent(id, none -> new HashMap<>()).put("log.records", count));
    List<String> remarks = records.remark().isEmpty() ? List.of() : List.of(records.remark());
    if (waiting.isEmpty() && !countOnly) {
      String name =
          String.join(",", new TreeSet<>(people.stream().map(Person::erasureId).toList()));
      records.noteErased(name, project, store.offsets(project, people, log.id()));
      store.erase(project, people);
      records.erase(record -> owner(people, record));
    }
    return new Outcome(waiting, counts, remarks);
  }

  /** A record that was resolved before the tombstones were set may still be on its way. */
  private String waiting(List<Person> people) {
    Instant latest = people.stream().map(Person::time).max(Instant::compareTo).orElseThrow();
    for (Reader reader : List.of(Reader.EVENTS, Reader.QUARANTINE)) {
      Optional<Instant> oldest = log.oldestWaiting(reader);
      if (oldest.isPresent() && !oldest.get().isAfter(latest)) {
        return "Records that came before are still being delivered";
      }
    }
    return "";
  }

  private static Optional<String> owner(List<Person> people, LogRecord record) {
    return people.stream().filter(person -> person.owns(record)).map(Person::erasureId).findFirst();
  }
}
