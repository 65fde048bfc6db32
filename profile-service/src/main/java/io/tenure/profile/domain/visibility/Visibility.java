package io.tenure.profile.domain.visibility;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.Collection;
import java.util.Set;

/** What one caller may see of users: everything but some names. */
public final class Visibility {

  private final Set<String> hidden;

  /** Everything but these names of traits and properties. */
  public Visibility(Set<String> hidden) {
    this.hidden = Set.copyOf(hidden);
  }

  /** Whether the value of a trait or property may be shown. */
  public boolean shows(String name) {
    return !hidden.contains(name);
  }

  /** Names whose values may not be shown. */
  public Set<String> hidden() {
    return hidden;
  }

  /**
   * Refuses a question whose answer would tell what may not be shown.
   *
   * @throws Failure PERMISSION_DENIED
   */
  public void require(Collection<String> names) {
    for (String name : names) {
      if (!shows(name)) {
        throw Failure.of(
            Reason.PERMISSION_DENIED, "The role does not see '" + name + "', nor search by it");
      }
    }
  }
}
