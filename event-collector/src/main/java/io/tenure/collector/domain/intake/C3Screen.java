package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.secret.SecretSearch;
import io.tenure.platform.tenancy.ProjectId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records that hold class C3 data, so that it touches no disk: not the log, not the
 * quarantine, not a view for developers. A record that could not be read to its end is searched
 * byte by byte, because its bytes would be kept.
 */
public final class C3Screen implements Screen {

  private static final Optional<Verdict.Refuse> REFUSED =
      Optional.of(new Verdict.Refuse(RefuseReason.C3_DATA));

  /** What tells a developer which record it was. */
  private static final Set<String> SHOWN =
      Set.of(
          "type",
          "event",
          "distinct_id",
          "login_id",
          "anonymous_id",
          "userId",
          "anonymousId",
          "messageId",
          "time");

  private final SecretSearch search = new SecretSearch();
  private final Function<ProjectId, Set<String>> planned;

  /**
   * A screen.
   *
   * @param planned names a project's tracking plan puts into class C3
   */
  public C3Screen(Function<ProjectId, Set<String>> planned) {
    this.planned = planned;
  }

  @Override
  public Look look() {
    return new OneRequest();
  }

  @Override
  public Draft masked(Draft draft) {
    Map<String, Object> shown = new LinkedHashMap<>();
    draft
        .fields()
        .forEach(
            (name, value) -> {
              if (SHOWN.contains(name) && !search.holdsSecret(Map.of(name, value))) {
                shown.put(name, value);
              }
            });
    return new Draft(
        draft.arrival(), draft.dialect(), shown, Map.of(), Draft.Original.of(new byte[0]), null);
  }

  private boolean holdsSecret(Draft draft) {
    if (search.holdsSecret(draft.fields(), planned.apply(draft.project()))) {
      return true;
    }
    Draft.Original original = draft.original();
    return draft.fault() != null
        && search.holdsSecret(original.body(), original.from(), original.to());
  }

  /** Looks only once at what all records of the request share. */
  private final class OneRequest implements Look {

    private @Nullable Map<String, Object> seen;
    private boolean shared;

    @Override
    public Optional<Verdict.Refuse> judge(Draft draft) {
      if (seen != draft.shared()) {
        seen = draft.shared();
        shared =
            search.holdsSecret(seen, planned.apply(draft.project()))
                || search.holdsSecret(draft.arrival().userAgent());
      }
      return shared || holdsSecret(draft) ? REFUSED : Optional.empty();
    }
  }
}
