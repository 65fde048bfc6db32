package io.tenure.profile.domain.consent;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.consent.Hearing.Judged;
import io.tenure.profile.domain.consent.Standing.Reason;
import io.tenure.profile.domain.consent.Timeline.Decision;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.Owners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets decisions follow a person: what was said under an id nobody had yet is said by the user who
 * gets the id, and what was said on a device by the login that gets the device. The entry is
 * written down once more, with the time it was made.
 */
final class Following {

  private static final int MOST = 1_000;

  private final ConsentBoard board;
  private final ConsentLedger ledger;

  private final Owners owners;

  Following(ConsentBoard board, ConsentLedger ledger, Owners owners) {
    this.board = board;
    this.ledger = ledger;
    this.owners = owners;
  }

  /** The entries a record brings to the user it belongs to. */
  List<ConsentEntry> entries(
      String logId, ConsentedUpdate record, Judged judged, long number, Instant now) {
    ProjectId project = record.update().project();
    Set<PersonKey> sources = new LinkedHashSet<>();
    sources.add(judged.subject().key());
    @Nullable PersonKey former = judged.former();
    if (former != null) {
      sources.add(former);
    }
    sources.remove(PersonKey.of(number));
    List<ConsentEntry> entries = new ArrayList<>();
    for (PersonKey source : sources) {
      for (Purpose purpose : Purpose.values()) {
        if (mayFollow(project, source, number, purpose, Moment.at(now))) {
          latest(project, source, purpose)
              .filter(entry -> isNews(project, entry, number, now))
              .filter(entry -> belongs(record.update(), source, judged.subject(), number))
              .map(entry -> of(entry, number, logId, now))
              .ifPresent(entries::add);
        }
      }
    }
    return entries;
  }

  /** In memory, so that the store is asked only when there is something to follow. */
  private boolean mayFollow(
      ProjectId project, PersonKey source, long number, Purpose purpose, Moment now) {
    ProjectConsents consents = board.of(project);
    Standing said = consents.standing(source, purpose, now);
    if (said.reason() == Reason.MISSING) {
      return false;
    }
    Optional<Decision> theirs = consents.decision(source, purpose, now);
    Optional<Decision> own = consents.decision(PersonKey.of(number), purpose, now);
    if (theirs.isPresent() && own.isPresent()) {
      return theirs.get().effective().time().isAfter(own.get().effective().time());
    }
    return own.isEmpty()
        && consents.standing(PersonKey.of(number), purpose, now).reason() != said.reason();
  }

  /** On a device of several people the bind may have been refused. */
  private boolean belongs(
      ProfileUpdate update, PersonKey source, Hearing.Subject subject, long number) {
    return source.equals(subject.key())
        || owners.owner(update.project(), IdKind.DEVICE, update.ids().anonymousId()) == number;
  }

  private boolean isNews(ProjectId project, ConsentEntry entry, long number, Instant now) {
    return board
        .of(project)
        .decision(PersonKey.of(number), entry.purpose(), Moment.at(now))
        .map(own -> entry.effectiveTime().isAfter(own.effective().time()))
        .orElse(true);
  }

  private Optional<ConsentEntry> latest(ProjectId project, PersonKey source, Purpose purpose) {
    List<ConsentEntry> said =
        source.isNumber()
            ? ledger.ofPerson(project, List.of(source.number()), List.of(), 0, MOST)
            : ledger.ofPerson(project, List.of(), List.of(source.text().substring(2)), 0, MOST);
    return said.stream()
        .filter(entry -> entry.purpose() == purpose && entry.person().equals(source))
        .max(Comparator.comparing(Decision::of, Decision.LATER));
  }

  private static ConsentEntry of(ConsentEntry entry, long number, String logId, Instant now) {
    return new ConsentEntry(
        entry.project(),
        entry.kind(),
        entry.id(),
        number,
        entry.purpose(),
        entry.state(),
        entry.textVersion(),
        entry.effectiveTime(),
        now,
        entry.source(),
        "bound by log:" + logId,
        "bound:" + entry.person().text());
  }
}
