package io.tenure.profile.domain.seal;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.visibility.DataClasses;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The traits whose values the stores hold sealed: those of class C2 and C3 nobody opted out. */
public final class SealedNames {

  private final DataClasses classes;
  private final boolean sealing;

  /**
   * Names by the given classes.
   *
   * @param sealing whether there is a key to seal with
   */
  public SealedNames(DataClasses classes, boolean sealing) {
    this.classes = classes;
    this.sealing = sealing;
  }

  /** Names of a project's traits that are sealed when they are written. */
  public Set<String> of(ProjectId project) {
    return sealing ? classes.of(project).sealed() : Set.of();
  }

  /**
   * Refuses to compare values that no store can read; the answer would be wrong.
   *
   * @throws Failure FAILED_PRECONDITION
   */
  public void requireComparable(ProjectId project, Collection<String> traits) {
    Set<String> sealed = new TreeSet<>(of(project));
    sealed.retainAll(traits);
    if (!sealed.isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The values of "
              + String.join(", ", sealed)
              + " are sealed and can't be searched or sorted by; the tracking plan can keep a trait"
              + " plain");
    }
  }
}
