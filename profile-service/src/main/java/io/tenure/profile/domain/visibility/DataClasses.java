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
   */
  record Classified(Set<String> personal, Set<String> secret) {

    /** Of a project without a plan. */
    public static final Classified NONE = new Classified(Set.of(), Set.of());

    /** Copies both. */
    public Classified {
      personal = Set.copyOf(personal);
      secret = Set.copyOf(secret);
    }

    Set<String> all() {
      Set<String> all = new HashSet<>(personal);
      all.addAll(secret);
      return all;
    }
  }
}
