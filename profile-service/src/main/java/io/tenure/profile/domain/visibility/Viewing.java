package io.tenure.profile.domain.visibility;

import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.visibility.DataClasses.Classified;

/** Decides what a caller may see: C1 always, C2 from a role on, C3 never. */
public final class Viewing {

  private final DataClasses classes;
  private final Role personal;

  /**
   * Decides by the given classes.
   *
   * @param personal the least role that sees C2
   */
  public Viewing(DataClasses classes, Role personal) {
    this.classes = classes;
    this.personal = personal;
  }

  /** What the caller may see in its project. */
  public Visibility of(Caller caller) {
    Classified names = classes.of(caller.project());
    boolean seesPersonal = caller.role().compareTo(personal) >= 0;
    return new Visibility(seesPersonal ? names.secret() : names.all());
  }
}
