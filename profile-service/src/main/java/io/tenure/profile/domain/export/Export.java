package io.tenure.profile.domain.export;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * That somebody was handed everything about a person: who, when and whom, by numbers only.
 *
 * @param id ascending with time
 * @param revision counts its states, from 1
 * @param userNumbers all numbers of the person; none once the person was erased
 * @param author who asked
 * @param counts records by section; none until it is complete
 * @param size bytes that were handed over
 */
public record Export(
    ProjectId project,
    String id,
    long revision,
    State state,
    List<Long> userNumbers,
    String author,
    Instant createTime,
    Instant updateTime,
    Map<String, Long> counts,
    long size) {

  /** Nobody reads a document for longer; what still says so runs in no process any more. */
  public static final Duration LONGEST = Duration.ofHours(2);

  /** Takes copies. */
  public Export {
    userNumbers = List.copyOf(userNumbers);
    counts = Map.copyOf(counts);
  }

  /** How it ended. */
  public enum State {
    /** It is being written. */
    RUNNING,
    /** The document was handed over to its end. */
    COMPLETE,
    /** It was cut off. */
    INCOMPLETE
  }

  static Export of(String id, Person person, String author) {
    return new Export(
        person.project(),
        id,
        1,
        State.RUNNING,
        person.numbers(),
        author,
        person.askTime(),
        person.askTime(),
        Map.of(),
        0);
  }

  Export ended(State how, Document document, Instant now) {
    return new Export(
        project,
        id,
        revision + 1,
        how,
        userNumbers,
        author,
        createTime,
        now,
        how == State.COMPLETE ? document.counts() : Map.of(),
        document.size());
  }

  /** As it is known now: one whose process died says so no more. */
  Export seenAt(Instant now) {
    return state == State.RUNNING && createTime.plus(LONGEST).isBefore(now)
        ? new Export(
            project,
            id,
            revision,
            State.INCOMPLETE,
            userNumbers,
            author,
            createTime,
            updateTime,
            counts,
            size)
        : this;
  }
}
