package io.tenure.collector.store.catalogue;

import io.tenure.collector.domain.plan.TypedName;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Decides for all collectors what type a name has. */
public interface TypeArbiter {

  /** For a collector that is the only one: what it proposes holds. */
  TypeArbiter ALONE =
      new TypeArbiter() {
        @Override
        public List<TypedName> decide(
            ProjectId project, List<TypedName> proposals, boolean together) {
          return proposals;
        }

        @Override
        public Optional<Decisions> since(ProjectId project, String version) {
          return Optional.empty();
        }
      };

  /**
   * What was decided for a project.
   *
   * @param version changes with every decision; empty when there is none, or none is left
   */
  record Decisions(String version, List<TypedName> names) {}

  /**
   * Proposes types. The first proposal for a name wins, except that a planned type replaces any
   * other.
   *
   * @param together whether one name that has another type keeps all others from being decided
   * @return each name with the type that holds, in order
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE
   */
  List<TypedName> decide(ProjectId project, List<TypedName> proposals, boolean together);

  /**
   * All decisions; nothing when the given version is the current one.
   *
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE
   */
  Optional<Decisions> since(ProjectId project, String version);
}
