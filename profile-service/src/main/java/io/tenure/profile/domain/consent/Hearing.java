package io.tenure.profile.domain.consent;

import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.consent.Standing.Reason;
import io.tenure.profile.domain.consent.Timeline.Decision;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import io.tenure.profile.domain.identity.MappingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges the records of one project in a batch, in order: what an earlier record of the batch
 * decided, or whose ids it joined, counts for the later ones. It looks up nobody.
 */
final class Hearing {

  /** What becomes of a record. */
  enum Verdict {
    /** It is applied. */
    PASS,
    /** The event may be stored; the profile learns nothing but whose the ids are. */
    WITHOUT_CONTENT,
    /** It must not be stored; only whose the ids are is kept, so that a no follows its person. */
    IDENTITY_ONLY,
    /** Nothing of it is kept. */
    NOTHING
  }

  /** A decision to be written down. */
  record Heard(Subject subject, Purpose purpose, Decision decision) {}

  /** The id by which a record is somebody's. */
  record Subject(IdKind kind, String id) {

    PersonKey key() {
      return PersonKey.of(kind, id);
    }
  }

  /**
   * One record, judged.
   *
   * @param person as far as known before the batch
   * @param former who may have become part of the person; null for nobody
   * @param heard what it decided
   */
  record Judged(
      Verdict verdict,
      Subject subject,
      PersonKey person,
      @Nullable PersonKey former,
      List<Heard> heard) {}

  /** More than a plan may have, so that an unknown key comes last. */
  private static final int MOST_KEYS = 1_000;

  private final ProjectConsents consents;
  private final IdentityPlan plan;
  private final Map<PersonKey, PersonKey> persons = new HashMap<>();
  private final Map<PersonKey, Map<Purpose, Timeline>> fresh = new HashMap<>();
  private final String logId;
  private final Moment now;
  private final Instant recorded;

  /**
   * A hearing.
   *
   * @param numbers of the users who have the ids of the batch; 0 for nobody
   */
  Hearing(
      ProjectConsents consents,
      IdentityPlan plan,
      Map<Subject, Long> numbers,
      String logId,
      Instant now) {
    this.logId = logId;

    this.consents = consents;
    this.plan = plan;
    this.now = Moment.at(now);
    this.recorded = now;
    numbers.forEach(
        (subject, number) ->
            persons.put(
                subject.key(), number == 0 ? subject.key() : PersonKey.of(number.longValue())));
  }

  /** The ids of a record that have to be known before it is judged; the first names its person. */
  static List<Subject> subjects(IdentityPlan plan, Identifiers ids) {
    List<Subject> subjects = new ArrayList<>(2);
    switch (plan.kind()) {
      case ID_MAPPING -> subjects.addAll(byPriority(plan, ids));
      case ONE_TO_ONE, MANY_TO_ONE -> subjects.addAll(plain(ids));
      case DEVICE_ONLY -> subjects.addAll(plain(ids).reversed());
    }
    return subjects;
  }

  private static List<Subject> plain(Identifiers ids) {
    List<Subject> subjects = new ArrayList<>(2);
    if (!ids.loginId().isEmpty()) {
      subjects.add(new Subject(IdKind.LOGIN, ids.loginId()));
    }
    if (!ids.anonymousId().isEmpty()) {
      subjects.add(new Subject(IdKind.DEVICE, ids.anonymousId()));
    }
    return subjects;
  }

  private static List<Subject> byPriority(IdentityPlan plan, Identifiers ids) {
    if (ids.keyed().isEmpty()) {
      return plain(ids);
    }
    List<String> keys = plan.keys().stream().map(MappingKey::name).toList();
    return ids.keyed().stream()
        .sorted(Comparator.comparingInt(id -> Math.floorMod(keys.indexOf(id.key()), MOST_KEYS)))
        .map(Hearing::subject)
        .toList();
  }

  private static Subject subject(KeyedId id) {
    return switch (id.key()) {
      case KeyedId.LOGIN -> new Subject(IdKind.LOGIN, id.value());
      case KeyedId.ANONYMOUS -> new Subject(IdKind.DEVICE, id.value());
      default -> new Subject(IdKind.KEYED, id.text());
    };
  }

  Judged judge(ConsentedUpdate record) {
    Identifiers ids = record.update().ids();
    List<Subject> subjects = subjects(plan, ids);
    Subject subject = subjects.getFirst();
    @Nullable PersonKey former = plan.kind() == Kind.ID_MAPPING ? map(subjects) : join(ids);
    PersonKey person = person(subject);
    List<Heard> heard = hear(record, subject, person);
    return new Judged(verdict(record, subject, person, heard), subject, person, former, heard);
  }

  private Moment moment(ConsentedUpdate record) {
    return new Moment(record.receiveTime(), logId, record.update().offset());
  }

  private PersonKey person(Subject subject) {
    PersonKey person = persons.get(subject.key());
    return person == null ? subject.key() : person;
  }

  /** By ID_MAPPING ids nobody has yet join whom the first known one belongs to. */
  private @Nullable PersonKey map(List<Subject> subjects) {
    PersonKey person =
        subjects.stream()
            .map(this::person)
            .filter(PersonKey::isNumber)
            .findFirst()
            .orElse(subjects.getFirst().key());
    for (Subject subject : subjects) {
      if (!person(subject).isNumber()) {
        persons.put(subject.key(), person);
      }
    }
    return null;
  }

  /**
   * A bind with an id nobody has yet makes both one person, who said what either said. Returns who
   * may have become part of the record's person.
   */
  private @Nullable PersonKey join(Identifiers ids) {
    if (plan.kind() == Kind.DEVICE_ONLY
        || ids.link() != Link.BIND
        || ids.loginId().isEmpty()
        || ids.anonymousId().isEmpty()) {
      return null;
    }
    Subject login = new Subject(IdKind.LOGIN, ids.loginId());
    Subject device = new Subject(IdKind.DEVICE, ids.anonymousId());
    PersonKey to = person(login);
    PersonKey from = person(device);
    if (to.equals(from)) {
      return null;
    }
    if (!to.isNumber()) {
      // Nobody knows the login yet: it gets the device's user.
      PersonKey former = to;
      to = from;
      from = former;
      persons.put(login.key(), to);
    } else if (!from.isNumber()) {
      persons.put(device.key(), to);
    } else {
      // Whether the device changes hands is for the plan to say, when the record is applied.
      return from;
    }
    for (Purpose purpose : Purpose.values()) {
      Optional<Decision> said = latest(from, purpose, now);
      if (said.isPresent()) {
        timeline(to, purpose).add(said.get());
      }
    }
    return from;
  }

  private List<Heard> hear(ConsentedUpdate record, Subject subject, PersonKey person) {
    List<Heard> heard = new ArrayList<>();
    for (Statement statement : record.statements()) {
      Optional<Purpose> purpose = consents.policy().purpose(statement.category());
      if (purpose.isEmpty() || (!statement.decision() && says(person, purpose.get(), statement))) {
        continue;
      }
      Decision decision =
          new Decision(
              moment(record),
              recorded,
              statement.granted() ? ConsentState.GRANTED : ConsentState.WITHDRAWN,
              statement.textVersion());
      timeline(person, purpose.get()).add(decision);
      heard.add(new Heard(subject, purpose.get(), decision));
    }
    return heard;
  }

  /** Whether the person's latest decision is what a record says once more. */
  private boolean says(PersonKey person, Purpose purpose, Statement statement) {
    Reason reason = standing(person, purpose, now).reason();
    return reason == (statement.granted() ? Reason.GRANTED : Reason.WITHDRAWN);
  }

  private Verdict verdict(
      ConsentedUpdate record, Subject subject, PersonKey person, List<Heard> heard) {
    if (record.isDecision()) {
      return Verdict.IDENTITY_ONLY;
    }
    Standing analytics = standing(subject, person, Purpose.ANALYTICS, moment(record));
    if (!analytics.allowed()) {
      boolean follows =
          analytics.isWithdrawn() && record.update().ids().link() != Link.NONE || !heard.isEmpty();
      return follows ? Verdict.IDENTITY_ONLY : Verdict.NOTHING;
    }
    return standing(subject, person, Purpose.PROFILING, moment(record)).allowed()
        ? Verdict.PASS
        : Verdict.WITHOUT_CONTENT;
  }

  /** With what was said about the id while nobody had it. */
  private Standing standing(Subject subject, PersonKey person, Purpose purpose, Moment time) {
    Standing own = standing(person, purpose, time);
    if (own.reason() != Reason.MISSING) {
      return own;
    }
    return consents.standing(person, purpose, latest(subject.key(), purpose, time));
  }

  private Standing standing(PersonKey person, Purpose purpose, Moment time) {
    return consents.standing(person, purpose, latest(person, purpose, time));
  }

  private Optional<Decision> latest(PersonKey person, Purpose purpose, Moment time) {
    @Nullable Map<Purpose, Timeline> said = fresh.get(person);
    @Nullable Timeline timeline = said == null ? null : said.get(purpose);
    return Stream.concat(
            consents.decision(person, purpose, time).stream(),
            timeline == null ? Stream.empty() : timeline.at(time).stream())
        .max(Decision.LATER);
  }

  private Timeline timeline(PersonKey person, Purpose purpose) {
    return fresh
        .computeIfAbsent(person, none -> new EnumMap<>(Purpose.class))
        .computeIfAbsent(purpose, none -> new Timeline());
  }
}
