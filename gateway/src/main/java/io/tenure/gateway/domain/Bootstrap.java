package io.tenure.gateway.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;

/**
 * Makes the first person, project and keys. Running it again, also at the same time in another
 * process, changes nothing: what exists stays as it is, a changed password included.
 */
public final class Bootstrap {

  private static final String AUTHOR = "service:gateway";

  private final Directory directory;
  private final Register register;
  private final Passwords passwords;
  private final Keys keys;

  /** A bootstrap of a directory. */
  public Bootstrap(Directory directory, Register register, Passwords passwords, Keys keys) {
    this.directory = directory;
    this.register = register;
    this.passwords = passwords;
    this.keys = keys;
  }

  /**
   * Sees to it that these exist.
   *
   * @param username of the administrator; empty for none
   * @param password of the administrator, used only when the person is new
   * @param project id of the project; empty for none
   * @param writeKey text of a write key of the project; empty for none
   * @param secretKey text of a secret key with all rights on the project; empty for none
   */
  public void ensure(
      String username, String password, String project, String writeKey, String secretKey) {
    if (!username.isEmpty() && register.person(username).isEmpty()) {
      unlessItExists(
          () ->
              directory.add(
                  new Person(username, Role.ADMINISTRATOR, passwords.hash(password)), AUTHOR));
    }
    if (project.isEmpty()) {
      register.refresh();
      return;
    }
    ProjectId id = new ProjectId(project);
    if (register.projects().stream().noneMatch(known -> known.id().equals(id))) {
      unlessItExists(() -> keys.addProject(project, project, AUTHOR));
    }
    ensureKey(id, writeKey, AccessKey.Kind.WRITE, Role.WRITER);
    ensureKey(id, secretKey, AccessKey.Kind.SECRET, Role.ADMINISTRATOR);
    register.refresh();
  }

  private void ensureKey(ProjectId project, String text, AccessKey.Kind kind, Role role) {
    if (!text.isEmpty() && register.trace(text).isEmpty()) {
      String name =
          switch (kind) {
            case WRITE -> "First write key";
            case SECRET -> "First secret key";
          };
      unlessItExists(() -> keys.add(project, name, kind, role, text, AUTHOR));
    }
  }

  private static void unlessItExists(Runnable action) {
    try {
      action.run();
    } catch (Failure failure) {
      if (failure.reason() != Reason.ALREADY_EXISTS && failure.reason() != Reason.ABORTED) {
        throw failure;
      }
    }
  }
}
