package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.util.stream.Stream;

/**
 * Which project a Sensors record belongs to: the one it names itself, else the one its request
 * names, else that of its credential. A name counts only when the credential opens the project.
 */
public final class ProjectChoice {

  /** Under which name a draft's shared fields hold the project of the request's address. */
  public static final String REQUEST_PROJECT = "project";

  /** How the SDKs' documentation calls a project nobody named. */
  private static final String UNNAMED = "default";

  private ProjectChoice() {}

  /** The draft in its project; with a fault when that project is not open to its credential. */
  public static Draft settle(Draft draft) {
    String name = name(draft);
    Arrival arrival = draft.arrival();
    if (name.isEmpty() || name.equals(arrival.project().value())) {
      return draft;
    }
    if (ProjectId.isValid(name) && arrival.otherProjects().contains(new ProjectId(name))) {
      return draft.in(new ProjectId(name));
    }
    return name.equals(UNNAMED)
        ? draft
        : draft.orFault(
            new Verdict.Quarantine(
                QuarantineReason.PROJECT_MISMATCH,
                "The record or its address names a project its key does not open"));
  }

  private static String name(Draft draft) {
    if (draft.dialect() != Dialect.SENSORS) {
      return "";
    }
    Fields record = new Fields(draft.fields());
    return Stream.of(
            record.lenientText("project"),
            record.lenientObject("properties").lenientText("$project"),
            new Fields(draft.shared()).lenientText(REQUEST_PROJECT))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }
}
