package io.tenure.profile.domain.consent;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What everybody agreed to, in memory, so that judging a record costs no question to a store. A
 * project is read when it is first asked about; what other processes write down is read every
 * second or two.
 */
public final class ConsentBoard {

  /** More than the clocks of two servers differ, and than a write takes until it can be read. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  /** Merges are rare, and everybody's are asked for. */
  private static final Duration MERGES_READ_AGAIN = Duration.ofSeconds(10);

  private static final int MOST_DECISIONS = 100_000;

  private record Copy(String policyVersion, ProjectConsents consents) {}

  private final ConsentLedger ledger;
  private final ConsentPolicies policies;
  private final MergedPeople.Source merges;
  private final Clock clock;
  private final Map<ProjectId, Copy> projects = new ConcurrentHashMap<>();

  /** A copy that is being read anew must not lose what is said meanwhile. */
  private final Object changing = new Object();

  private volatile Instant readUpTo;
  private volatile Instant mergesRead = Instant.EPOCH;
  private volatile boolean complete;

  /** A board of a ledger and policies. */
  public ConsentBoard(
      ConsentLedger ledger, ConsentPolicies policies, MergedPeople.Source merges, Clock clock) {
    this.merges = merges;
    this.ledger = ledger;
    this.policies = policies;
    this.clock = clock;
    this.readUpTo = clock.instant().minus(OVERLAP);
  }

  /** Whether people have to be looked up before the records of a project are applied. */
  public boolean concerns(ProjectId project) {
    return of(project).concerns();
  }

  /** Whether a purpose is allowed for a user now. */
  public boolean allows(ProjectId project, long userNumber, Purpose purpose) {
    return of(project)
        .standing(PersonKey.of(userNumber), purpose, Moment.at(clock.instant()))
        .allowed();
  }

  /** Users who say no to a purpose now. */
  public List<Long> withdrawn(ProjectId project, Purpose purpose) {
    return of(project).withdrawn(purpose, Moment.at(clock.instant())).stream()
        .filter(PersonKey::isNumber)
        .map(PersonKey::number)
        .toList();
  }

  ProjectConsents of(ProjectId project) {
    @Nullable Copy known = projects.get(project);
    return known == null
        ? projects.computeIfAbsent(project, this::read).consents()
        : known.consents();
  }

  /** Projects that were asked about or have entries. */
  Collection<ProjectId> projects() {
    return List.copyOf(projects.keySet());
  }

  /** Takes in what was just written down here. */
  void add(Collection<ConsentEntry> entries) {
    synchronized (changing) {
      entries.forEach(this::add);
    }
  }

  private void add(ConsentEntry entry) {
    ProjectConsents consents = of(entry.project());
    if (!consents.add(entry)) {
      consents.addSpoken(entry);
      ledger
          .ofPerson(
              entry.project(),
              consents.merged().numbers(entry.userNumber()),
              List.of(),
              0,
              MOST_DECISIONS)
          .stream()
          .filter(one -> one.purpose() == entry.purpose())
          .forEach(consents::addSpoken);
    }
  }

  /** Reads every project that has entries, so that collectors hear of all objections. */
  public void readAll() {
    if (!complete) {
      ledger.projects().forEach(this::of);
      complete = true;
    }
  }

  /**
   * Takes in what other processes wrote down, and changed policies.
   *
   * @throws Failure when the stores are away; what is known stays
   */
  public void refresh() {
    Instant now = clock.instant();
    List<ConsentEntry> fresh = new ArrayList<>();
    ledger.since(readUpTo, fresh::add);
    add(fresh);
    readUpTo = now.minus(OVERLAP);
    boolean looksAtMerges = now.isAfter(mergesRead.plus(MERGES_READ_AGAIN));
    for (Map.Entry<ProjectId, Copy> copy : projects.entrySet()) {
      String version = policies.version(copy.getKey());
      boolean isOld =
          version.isEmpty()
              || !version.equals(copy.getValue().policyVersion())
              || looksAtMerges
                  && !merges
                      .of(copy.getKey())
                      .equals(copy.getValue().consents().merged().survivors());
      if (isOld) {
        forget(copy.getKey());
      }
    }
    mergesRead = looksAtMerges ? now : mergesRead;
  }

  /** Reads a project anew, whose policy or merges have changed. */
  void forget(ProjectId project) {
    synchronized (changing) {
      projects.put(project, read(project));
    }
  }

  /** The version first: a change in between is read again next time. */
  private Copy read(ProjectId project) {
    String version = policies.version(project);
    ProjectConsents consents =
        new ProjectConsents(policies.get(project).policy(), new MergedPeople(merges.of(project)));
    ledger.all(project, consents::addSpoken, consents::addGranted);
    return new Copy(version, consents);
  }
}
