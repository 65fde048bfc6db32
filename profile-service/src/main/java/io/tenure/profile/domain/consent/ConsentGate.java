package io.tenure.profile.domain.consent;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.consent.Hearing.Judged;
import io.tenure.profile.domain.consent.Hearing.Subject;
import io.tenure.profile.domain.consent.Hearing.Verdict;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.identity.Owners;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the {@link Projector}: a record of somebody who does not agree is not applied, and
 * the answer for it is the number 0. What the records themselves say about consent is written down.
 *
 * <p>The time a record reached the collector is compared with the time of a withdrawal, so that a
 * batch that is sent again is judged as before. A project in which nobody ever said no, and whose
 * policy takes silence for a yes, costs nothing.
 */
public final class ConsentGate {

  /** In place of a user number: the record must not be stored. */
  private static final long NOBODY = 0;

  private final Projector projector;
  private final ConsentBoard board;
  private final ConsentLedger ledger;
  private final Following following;
  private final Owners owners;
  private final IdentityPlans plans;
  private final Clock clock;

  /** A gate before a projector. */
  public ConsentGate(
      Projector projector,
      ConsentBoard board,
      ConsentLedger ledger,
      Owners owners,
      IdentityPlans plans,
      Clock clock) {
    this.projector = projector;
    this.board = board;
    this.ledger = ledger;
    this.following = new Following(board, ledger, owners);
    this.owners = owners;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * Applies records as far as their people agree.
   *
   * @param records ascending by offset
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE when a store does not answer; the batch
   *     must be sent again
   */
  public Outcome apply(String logId, List<ConsentedUpdate> records) {
    Map<ProjectId, List<Integer>> concerned = concerned(records);
    if (concerned.isEmpty()) {
      Projector.Outcome all =
          projector.apply(logId, records.stream().map(ConsentedUpdate::update).toList());
      return new Outcome(all, all.userNumbers(), 0, 0);
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    @Nullable Judged[] judged = new Judged[records.size()];
    concerned.forEach((project, indexes) -> judge(project, logId, records, indexes, judged, now));
    return apply(logId, records, judged, now);
  }

  /** The records that have to be judged, by project. */
  private Map<ProjectId, List<Integer>> concerned(List<ConsentedUpdate> records) {
    Map<ProjectId, Boolean> asked = new HashMap<>();
    Set<ProjectId> projects = new LinkedHashSet<>();
    for (ConsentedUpdate record : records) {
      ProjectId project = record.update().project();
      if (!record.statements().isEmpty() || asked.computeIfAbsent(project, board::concerns)) {
        projects.add(project);
      }
    }
    Map<ProjectId, List<Integer>> concerned = new LinkedHashMap<>();
    for (int i = 0; i < records.size() && !projects.isEmpty(); i++) {
      ProjectId project = records.get(i).update().project();
      if (projects.contains(project)) {
        concerned.computeIfAbsent(project, none -> new ArrayList<>()).add(i);
      }
    }
    return concerned;
  }

  private void judge(
      ProjectId project,
      String logId,
      List<ConsentedUpdate> records,
      List<Integer> indexes,
      @Nullable Judged[] judged,
      Instant now) {
    Set<Subject> subjects = new LinkedHashSet<>();
    IdentityPlan plan = plans.get(project).plan();
    indexes.forEach(i -> subjects.addAll(Hearing.subjects(plan, records.get(i).update().ids())));
    Hearing hearing = new Hearing(board.of(project), plan, numbers(project, subjects), logId, now);
    for (int index : indexes) {
      judged[index] = hearing.judge(records.get(index));
    }
  }

  private Map<Subject, Long> numbers(ProjectId project, Set<Subject> subjects) {
    Map<Subject, Long> numbers = new HashMap<>();
    for (IdKind kind : IdKind.values()) {
      List<String> ids =
          subjects.stream().filter(subject -> subject.kind() == kind).map(Subject::id).toList();
      List<Long> found = ids.isEmpty() ? List.of() : owners.owners(project, kind, ids);
      for (int i = 0; i < ids.size(); i++) {
        numbers.put(new Subject(kind, ids.get(i)), found.get(i));
      }
    }
    return numbers;
  }

  private Outcome apply(
      String logId, List<ConsentedUpdate> records, @Nullable Judged[] judged, Instant now) {
    List<ProfileUpdate> updates = new ArrayList<>(records.size());
    List<Integer> places = new ArrayList<>(records.size());
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (int i = 0; i < records.size(); i++) {
      ProfileUpdate update = records.get(i).update();
      @Nullable Judged one = judged[i];
      Verdict verdict = one == null ? Verdict.PASS : one.verdict();
      verdicts.merge(verdict, 1, Integer::sum);
      switch (verdict) {
        case PASS -> updates.add(update);
        case WITHOUT_CONTENT, IDENTITY_ONLY -> updates.add(update.withoutContent());
        case NOTHING -> {
          continue;
        }
      }
      places.add(i);
    }
    Projector.Outcome applied = projector.apply(logId, updates);
    Long[] numbers = new Long[records.size()];
    Arrays.fill(numbers, NOBODY);
    List<ConsentEntry> entries = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      long number = applied.userNumbers().get(i);
      @Nullable Judged one = judged[place];
      boolean stored = one == null || one.verdict() != Verdict.IDENTITY_ONLY;
      numbers[place] = stored ? number : NOBODY;
      if (one != null) {
        entries.addAll(entries(logId, records.get(place), one, number, now));
        entries.addAll(following.entries(logId, records.get(place), one, number, now));
      }
    }
    write(logId, entries);
    return new Outcome(
        applied,
        List.of(numbers),
        verdicts.getOrDefault(Verdict.IDENTITY_ONLY, 0) + verdicts.getOrDefault(Verdict.NOTHING, 0),
        verdicts.getOrDefault(Verdict.WITHOUT_CONTENT, 0));
  }

  private static List<ConsentEntry> entries(
      String logId, ConsentedUpdate record, Judged judged, long number, Instant now) {
    return judged.heard().stream()
        .map(
            heard ->
                new ConsentEntry(
                    record.update().project(),
                    heard.subject().kind(),
                    heard.subject().id(),
                    number,
                    heard.purpose(),
                    heard.decision().state(),
                    heard.decision().textVersion(),
                    heard.decision().effective().time(),
                    now,
                    ConsentSource.APP,
                    "log:" + logId,
                    logId + ":" + record.update().offset()))
        .toList();
  }

  /** After the profiles, and before the answer: what was not written is heard again. */
  private void write(String logId, List<ConsentEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    CRC32C content = new CRC32C();
    entries.forEach(entry -> content.update(entry.toString().getBytes(StandardCharsets.UTF_8)));
    ledger.add("consents:%s:%08x".formatted(logId, content.getValue()), entries);
    board.add(entries);
  }

  /**
   * What became of a batch.
   *
   * @param applied what the projector did with what was handed on to it
   * @param userNumbers one for each record; 0 for one that must not be stored
   * @param withheld records that must not be stored
   * @param unprofiled records whose event may be stored and whose profile learned nothing
   */
  public record Outcome(
      Projector.Outcome applied, List<Long> userNumbers, int withheld, int unprofiled) {}
}
