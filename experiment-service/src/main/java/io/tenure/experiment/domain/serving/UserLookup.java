package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Subject;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.platform.failure.Failure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one request knows about its user: the context first, stored knowledge only when a condition
 * asks for it, kept variants only when a split does, each source asked at most once. A source that
 * fails counts as empty, and the evaluations that needed it say so. For one thread.
 */
final class UserLookup {

  private final KnownUsers users;
  private final String id;
  private final Map<String, Value> context;
  private final KeptLookup kept;
  private @Nullable Answer<Optional<KnownUser>> user;
  private @Nullable Answer<Set<String>> segments;

  UserLookup(KnownUsers users, KeptScope scope, String id, Map<String, Value> context) {
    this.users = users;
    this.id = id;
    this.context = Map.copyOf(context);
    this.kept = new KeptLookup(scope, type -> subject().id(type));
  }

  /** The user as one flag sees it. */
  LookedUp subject() {
    return new LookedUp();
  }

  /** What is kept for the user's units. */
  KeptLookup kept() {
    return kept;
  }

  private Answer<Optional<KnownUser>> user() {
    Answer<Optional<KnownUser>> known = user;
    if (known == null) {
      known = ask(() -> users.find(id), Optional.empty());
      user = known;
    }
    return known;
  }

  private Answer<Set<String>> segments() {
    Answer<Set<String>> known = segments;
    if (known == null) {
      Answer<Optional<KnownUser>> owner = user();
      known =
          owner.value().isEmpty()
              ? new Answer<>(Set.of(), owner.failed())
              : ask(() -> users.segmentsOf(owner.value().get()), Set.of());
      segments = known;
    }
    return known;
  }

  private static <T> Answer<T> ask(Supplier<T> question, T otherwise) {
    try {
      return new Answer<>(question.get(), false);
    } catch (Failure failure) {
      return new Answer<>(otherwise, true);
    }
  }

  private record Answer<T>(T value, boolean failed) {}

  /** The user as one flag sees it. */
  final class LookedUp implements Subject {

    private boolean degraded;

    /** Other units than the user are named by attributes: device_id, account_id, household_id. */
    @Override
    public @Nullable String id(UnitType type) {
      return switch (type) {
        case USER -> id;
        case DEVICE -> text("device_id");
        case ACCOUNT -> text("account_id");
        case HOUSEHOLD -> text("household_id");
      };
    }

    private @Nullable String text(String name) {
      return attribute(name) instanceof Value.Text(String text) ? text : null;
    }

    @Override
    public @Nullable Value attribute(String name) {
      Value given = context.get(name);
      return given == null ? stored(name) : given;
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      Kept found = kept.of(key);
      degraded |= kept.isFailed();
      return found;
    }

    private @Nullable Value stored(String name) {
      Answer<Optional<KnownUser>> answer = user();
      degraded |= answer.failed();
      return answer.value().isEmpty() ? null : answer.value().get().traits().get(name);
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      Answer<Set<String>> answer = segments();
      degraded |= answer.failed();
      return answer.value().contains(segmentId);
    }

    /** Whether a question so far could not be answered from the stores. */
    boolean isDegraded() {
      return degraded;
    }
  }
}
