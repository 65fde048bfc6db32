package io.tenure.profile.domain.visibility;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.HashSet;
import java.util.Set;

/** The data classes people gave the names of a project in its tracking plan. */
public interface DataClasses {

  /**
   * The classes of a project, at most about a second old.
   *
   * @throws Failure UNAVAILABLE when they were never read and the store is away; showing everything
   *     instead would show too much
   */
  Classified of(ProjectId project);

  /** Reads again what changed. */
  void refresh();

  /**
   * Names by class; all others are C1. A name has one class wherever it occurs, as a trait or as a
   * property of any event: the strictest it was given anywhere.
   *
   * @param personal of class C2: tells who somebody is or what they own
   * @param secret of class C3: was given it after values had been kept
   * @param sealed of either class, and sealed in the stores: all but those somebody keeps plain
   */
  record Classified(Set<String> personal, Set<String> secret, Set<String> sealed) {

    /** Of a project without a plan. */
    public static final Classified NONE = new Classified(Set.of(), Set.of());

    /** Copies all. */
    public Classified {
      personal = Set.copyOf(personal);
      secret = Set.copyOf(secret);
      sealed = Set.copyOf(sealed);
    }

    /** Nobody keeps any of them plain. */
    public Classified(Set<String> personal, Set<String> secret) {
      this(personal, secret, union(personal, secret));
    }

    Set<String> all() {
      return union(personal, secret);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
      Set<String> all = new HashSet<>(some);
      all.addAll(others);
      return all;
    }
  }
}
