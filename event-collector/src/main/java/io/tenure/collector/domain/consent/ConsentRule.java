package io.tenure.collector.domain.consent;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Fields;
import io.tenure.collector.domain.intake.Objecting;
import io.tenure.collector.domain.intake.Step;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes nothing of somebody who withdrew the consent to analytics, except what they decide next. It
 * is the first of three places that look; what it can't know, profile-service decides.
 */
public final class ConsentRule implements Step, Objecting {

  private static final String ANALYTICS = "analytics";
  private static final List<String> LOGINS = List.of("login_id", "userId", "$identity_login_id");
  private static final List<String> DEVICES =
      List.of("anonymous_id", "anonymousId", "$identity_anonymous_id", "distinct_id");

  private final Supplier<Objections> objections;

  /** By the objections of the moment. */
  public ConsentRule(Supplier<Objections> objections) {
    this.objections = objections;
  }

  @Override
  public StepName name() {
    return StepName.CONSENT;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    if (Statement.isDecision(record)) {
      return Statement.of(record).isEmpty()
          ? new Verdict.Quarantine(
              QuarantineReason.FIELD_INVALID,
              "'$consent' needs a 'purpose' (analytics, profiling, marketing, sharing, or a list)"
                  + " and a 'state' (granted or withdrawn)")
          : new Verdict.Accept(record);
    }
    LogRecord.Accepted said = attach(draft, record);
    Objections now = objections.get();
    return now.hold(said.project(), said.source().identity()) && !grants(now, said)
        ? new Verdict.Refuse(RefuseReason.CONSENT_WITHDRAWN)
        : new Verdict.Accept(said);
  }

  /** A yes that is attached has to reach whoever keeps the ledger. */
  private static boolean grants(Objections now, LogRecord.Accepted record) {
    Objections.Project project = now.project(record.project());
    return Statement.of(record).stream()
        .filter(Statement::granted)
        .map(statement -> statement.category().toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals(ANALYTICS) || project.categories().contains(name));
  }

  /** Segment's preferences become a property of the event. */
  private static LogRecord.Accepted attach(Draft draft, LogRecord.Accepted record) {
    if (draft.dialect() != Dialect.SEGMENT || !(record instanceof LogRecord.Event event)) {
      return record;
    }
    Map<String, Object> preferences = preferences(draft.fields());
    preferences = preferences.isEmpty() ? preferences(draft.shared()) : preferences;
    if (preferences.isEmpty()) {
      return record;
    }
    try {
      Map<String, String> properties = new LinkedHashMap<>(event.properties());
      properties.put(Statement.NAME, ValueText.of(Statement.NAME, preferences));
      return new LogRecord.Event(event.source(), event.name(), properties);
    } catch (Unacceptable notOurs) {
      return record;
    }
  }

  private static Map<String, Object> preferences(Map<String, Object> fields) {
    return fields.containsKey("context")
        ? new Fields(fields)
            .lenientObject("context")
            .lenientObject("consent")
            .lenientObject("categoryPreferences")
            .values()
        : Map.of();
  }

  /**
   * A record without a form is somebody's whose id stands in one of the usual places. Its namespace
   * may be unclear; then either will do, since a bad record is missed by nobody.
   */
  @Override
  public boolean isSomebody(Draft draft) {
    Objections now = objections.get();
    if (now.isEmpty() || !now.projects().containsKey(draft.project())) {
      return false;
    }
    Fields fields = new Fields(draft.fields());
    List<Fields> places =
        List.of(
            fields,
            fields.lenientObject("identities"),
            fields.lenientObject("properties"),
            fields.lenientObject("properties").lenientObject("identities"));
    ProjectId project = draft.project();
    List<String> logins = ids(places, LOGINS);
    return Stream.concat(logins.stream(), ids(places, List.of("distinct_id")).stream())
            .anyMatch(id -> now.holdsLogin(project, id))
        || (logins.isEmpty() || now.project(project).byDevice())
            && ids(places, DEVICES).stream().anyMatch(id -> now.holdsDevice(project, id));
  }

  private static List<String> ids(List<Fields> places, List<String> names) {
    return places.stream()
        .flatMap(place -> names.stream().map(place::lenientText))
        .filter(id -> !id.isEmpty())
        .toList();
  }
}
