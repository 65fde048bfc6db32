package io.tenure.profile.domain.consent;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.identity.IdKind;
import java.time.Instant;

/**
 * One decision of one person about one purpose. Entries are only ever added.
 *
 * @param kind of the id
 * @param id the decision was recorded for
 * @param userNumber who had the id then; 0 for nobody
 * @param textVersion of the text the person saw; empty when unknown
 * @param effectiveTime from when it counts
 * @param recordTime when it was written down
 * @param author who wrote it down
 * @param origin the request, or the log and offset, it came by; what tells a repetition
 */
public record ConsentEntry(
    ProjectId project,
    IdKind kind,
    String id,
    long userNumber,
    Purpose purpose,
    ConsentState state,
    String textVersion,
    Instant effectiveTime,
    Instant recordTime,
    ConsentSource source,
    String author,
    String origin) {

  /** The same of a user. */
  ConsentEntry of(long number) {
    return new ConsentEntry(
        project,
        kind,
        id,
        number,
        purpose,
        state,
        textVersion,
        effectiveTime,
        recordTime,
        source,
        author,
        origin);
  }

  /** Whose it is, as long as nothing else is known. */
  PersonKey person() {
    return userNumber == 0 ? PersonKey.of(kind, id) : PersonKey.of(userNumber);
  }
}
