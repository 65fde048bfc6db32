package io.tenure.profile.domain.consent;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.consent.ConsentPolicies.Saved;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.Owners;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people and services write down about consent, and ask. */
public final class Consents {

  private static final String NUMBER_PREFIX = "user_number:";
  private static final int MOST = 100_000;

  private final ConsentLedger ledger;
  private final ConsentBoard board;
  private final ConsentPolicies policies;
  private final Owners owners;
  private final Identities identities;
  private final Clock clock;

  /** Consents in a ledger. */
  public Consents(
      ConsentLedger ledger,
      ConsentBoard board,
      ConsentPolicies policies,
      Owners owners,
      Identities identities,
      Clock clock) {
    this.ledger = ledger;
    this.board = board;
    this.policies = policies;
    this.owners = owners;
    this.identities = identities;
    this.clock = clock;
  }

  /**
   * A decision to write down.
   *
   * @param effectiveTime from when it counts; empty for now
   */
  public record Decided(
      IdKind kind,
      String id,
      Purpose purpose,
      ConsentState state,
      String textVersion,
      Optional<Instant> effectiveTime) {}

  /**
   * How one purpose stands.
   *
   * @param entry the one that decides
   */
  public record State(Purpose purpose, Standing standing, Optional<ConsentEntry> entry) {}

  /**
   * How all purposes stand.
   *
   * @param userNumber 0 when nobody has the id
   */
  public record States(long userNumber, List<State> purposes) {}

  /**
   * Writes decisions down, all or none. The same request again answers what it wrote the first
   * time.
   *
   * @throws Failure INVALID_ARGUMENT when a decision lies in the future
   */
  public List<ConsentEntry> record(
      ProjectId project,
      String requestId,
      List<Decided> decisions,
      ConsentSource source,
      String author) {
    String origin = "request:" + requestId;
    List<ConsentEntry> before = ledger.ofOrigin(project, origin);
    if (!before.isEmpty()) {
      board.add(before);
      return before;
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    Map<IdKind, Map<String, Long>> numbers = numbers(project, decisions);
    List<ConsentEntry> entries = new ArrayList<>(decisions.size());
    for (int i = 0; i < decisions.size(); i++) {
      Decided one = decisions.get(i);
      Instant effective = one.effectiveTime().orElse(now);
      if (effective.isAfter(now)) {
        throw Failure.invalid("decisions[" + i + "].effective_time", "must not lie in the future");
      }
      entries.add(
          new ConsentEntry(
              project,
              one.kind(),
              one.id(),
              numbers.getOrDefault(one.kind(), Map.of()).getOrDefault(one.id(), 0L),
              one.purpose(),
              one.state(),
              one.textVersion(),
              effective,
              now,
              source,
              author,
              origin));
    }
    ledger.add("consents:%s:%s".formatted(project, origin), entries);
    // Another process may have written the same request meanwhile; then its entries hold.
    List<ConsentEntry> written = ledger.ofOrigin(project, origin);
    board.add(written);
    return written;
  }

  private Map<IdKind, Map<String, Long>> numbers(ProjectId project, List<Decided> decisions) {
    Map<IdKind, Map<String, Long>> numbers = new EnumMap<>(IdKind.class);
    for (IdKind kind : IdKind.values()) {
      List<String> ids =
          decisions.stream().filter(one -> one.kind() == kind).map(Decided::id).distinct().toList();
      List<Long> found = ids.isEmpty() ? List.of() : owners.owners(project, kind, ids);
      Map<String, Long> byId = new HashMap<>();
      for (int i = 0; i < ids.size(); i++) {
        byId.put(ids.get(i), found.get(i));
      }
      numbers.put(kind, byId);
    }
    return numbers;
  }

  /** How the purposes stand for who has an id, or for the id when nobody has it. */
  public States states(ProjectId project, String id) {
    long number = number(project, id);
    List<ConsentEntry> entries = entries(project, id, 0, MOST);
    Instant now = clock.instant();
    ProjectConsents consents = board.of(project);
    List<State> states = new ArrayList<>();
    for (Purpose purpose : Purpose.values()) {
      Optional<ConsentEntry> latest =
          entries.stream()
              .filter(entry -> entry.purpose() == purpose && !entry.effectiveTime().isAfter(now))
              .max(Comparator.comparing(Timeline.Decision::of, Timeline.Decision.LATER));
      PersonKey person = number == 0 ? PersonKey.of(IdKind.LOGIN, id) : PersonKey.of(number);
      states.add(
          new State(
              purpose,
              consents.standing(person, purpose, latest.map(Timeline.Decision::of)),
              latest));
    }
    return new States(number, states);
  }

  /** The decisions of who has an id, newest first. */
  public List<ConsentEntry> entries(ProjectId project, String id, int skip, int limit) {
    long number = number(project, id);
    List<Long> numbers = number == 0 ? List.of() : board.of(project).merged().numbers(number);
    List<String> ids = id.startsWith(NUMBER_PREFIX) ? List.of() : List.of(id);
    return ledger.ofPerson(project, numbers, ids, skip, limit);
  }

  private long number(ProjectId project, String id) {
    if (id.startsWith(NUMBER_PREFIX)) {
      try {
        long number = Long.parseLong(id.substring(NUMBER_PREFIX.length()));
        return UserKey.isValid(number) ? number : 0;
      } catch (NumberFormatException notANumber) {
        return 0;
      }
    }
    return identities.find(project, List.of(id)).userNumbers().getFirst();
  }

  /** Those of some users for whom not all of the purposes are allowed. */
  public List<Long> notAllowed(
      ProjectId project, Set<Purpose> purposes, Collection<Long> userNumbers) {
    Instant now = clock.instant();
    ProjectConsents consents = board.of(project);
    return userNumbers.stream()
        .filter(
            number ->
                purposes.stream()
                    .anyMatch(
                        purpose ->
                            !consents
                                .standing(PersonKey.of(number), purpose, Moment.at(now))
                                .allowed()))
        .toList();
  }

  /** The policy of a project. */
  public Saved policy(ProjectId project) {
    return policies.get(project);
  }

  /**
   * Replaces the policy.
   *
   * @throws Failure ABORTED when the etag is stale
   */
  public Saved update(ProjectId project, ConsentPolicy policy, String etag, String author) {
    Saved saved = policies.update(project, policy, etag, author);
    board.forget(project);
    return saved;
  }
}
