package io.tenure.collector.domain.quarantine;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Rereader;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tries what the intake says about a record after its repair. A repair changes a record but not by
 * what it is recognised, or a replay done twice would store it twice.
 */
public final class Rehearsal {

  /** Property of an event that came out of quarantine: the id of the record it was. */
  public static final String ORIGIN = "$quarantine_id";

  /** Fields that name a record by themselves, whatever else is wrong with it. */
  private static final Set<String> OWN_IDS = Set.of("messageId", "event_id");

  private final Rereader rereader;
  private final Shape shape;
  private final Intake intake;

  /** Tries on an intake whose first step is the given shape. */
  public Rehearsal(Rereader rereader, Shape shape, Intake intake) {
    this.rereader = rereader;
    this.shape = shape;
    this.intake = intake;
  }

  /**
   * What a replay would make of a record.
   *
   * @param drafts repaired; several when the record was a payload that can be opened now
   * @param verdicts about them; an accepted record bears the id it would have had without repair
   */
  record Attempt(QuarantinedEntry entry, List<Draft> drafts, List<Verdict> verdicts) {

    /** The parts of one call share its bytes, which must stay until all of them are accepted. */
    boolean succeeds() {
      boolean oneRecord = drafts.stream().map(Draft::original).distinct().count() == 1;
      return oneRecord
          ? verdicts.stream().allMatch(Verdict.Accept.class::isInstance)
          : verdicts.stream().anyMatch(Verdict.Accept.class::isInstance);
    }

    /** Why it stays. */
    Verdict.Quarantine fault() {
      Verdict worst =
          verdicts.stream()
              .filter(verdict -> !(verdict instanceof Verdict.Accept))
              .findFirst()
              .orElse(verdicts.getFirst());
      return switch (worst) {
        case Verdict.Quarantine quarantine -> quarantine;
        case Verdict.Accept accept -> throw new IllegalStateException("It does not stay");
        case Verdict.Refuse refuse ->
            new Verdict.Quarantine(
                entry.record().reason(), "It would be refused: " + refuse.reason());
      };
    }
  }

  Attempt of(QuarantinedEntry entry, Repairs repairs) {
    List<Draft> sent = rereader.read(entry.record(), repairs::apply);
    List<Draft> repaired = sent.stream().map(repairs::apply).toList();
    List<Verdict> judged = intake.judge(repaired);
    List<Verdict> verdicts = new ArrayList<>(judged.size());
    for (int i = 0; i < judged.size(); i++) {
      verdicts.add(
          judged.get(i) instanceof Verdict.Accept(LogRecord.Accepted accepted)
              ? new Verdict.Accept(named(entry, accepted, repairs.changesIdentity(), sent.get(i)))
              : judged.get(i));
    }
    return new Attempt(entry, repaired, verdicts);
  }

  private LogRecord.Accepted named(
      QuarantinedEntry entry, LogRecord.Accepted accepted, boolean onPurpose, Draft sent) {
    LogRecord.Source source = accepted.source();
    LogRecord.Source named = onPurpose ? source : source.with(id(sent, source.eventId()));
    return switch (accepted) {
      case LogRecord.Event event -> {
        Map<String, String> properties = new LinkedHashMap<>(event.properties());
        properties.put(ORIGIN, entry.id().toString());
        yield new LogRecord.Event(named, event.name(), properties);
      }
      case LogRecord.ProfileChange change -> new LogRecord.ProfileChange(named, change.changes());
      case LogRecord.Item item ->
          new LogRecord.Item(
              named, item.kind(), item.type(), item.itemId(), item.deleted(), item.properties());
    };
  }

  /** The id before the repair; of the bytes when nothing in them names the record. */
  private EventId id(Draft sent, EventId repaired) {
    Optional<EventId> first = shapedId(sent);
    if (first.isPresent() && first.equals(shapedId(sent))) {
      return first.get();
    }
    if (OWN_IDS.stream().anyMatch(name -> sent.fields().get(name) instanceof String)) {
      return repaired;
    }
    return new EventId(Fingerprint.of("replay:" + sent.project(), sent.original().bytes()).hex());
  }

  private Optional<EventId> shapedId(Draft draft) {
    return shape.judge(draft) instanceof Verdict.Accept(LogRecord.Accepted accepted)
        ? Optional.of(accepted.source().eventId())
        : Optional.empty();
  }
}
