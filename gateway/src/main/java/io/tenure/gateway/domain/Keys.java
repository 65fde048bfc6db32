package io.tenure.gateway.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Makes and revokes projects and keys. */
public final class Keys {

  private static final int NAME_LENGTH = 200;

  private final Directory directory;
  private final Register register;
  private final Clock clock;

  /** Keys kept in a directory. */
  public Keys(Directory directory, Register register, Clock clock) {
    this.directory = directory;
    this.register = register;
    this.clock = clock;
  }

  /** A key with the text that is shown once. */
  public record NewKey(AccessKey key, String text) {}

  /** A project with its first keys. */
  public record NewProject(Project project, NewKey writeKey, NewKey secretKey) {}

  /**
   * Creates a project with a write key and a secret key that may change definitions.
   *
   * @throws Failure INVALID_ARGUMENT or ALREADY_EXISTS
   */
  public NewProject createProject(String id, String displayName, String author) {
    Project project = addProject(id, displayName, author);
    return new NewProject(
        project,
        create(project.id(), "First write key", AccessKey.Kind.WRITE, Role.WRITER, author),
        create(project.id(), "First secret key", AccessKey.Kind.SECRET, Role.EDITOR, author));
  }

  /** Creates a key with a new random text. */
  public NewKey create(
      ProjectId project, String displayName, AccessKey.Kind kind, Role role, String author) {
    return add(project, displayName, kind, role, KeyText.generate(kind), author);
  }

  /**
   * Creates a write key that also opens other projects.
   *
   * @throws Failure INVALID_ARGUMENT when one of them does not exist
   */
  public NewKey createWriteKey(
      ProjectId project, String displayName, List<String> others, String author) {
    Set<ProjectId> checked = new LinkedHashSet<>();
    for (String other : others) {
      boolean exists =
          register.projects().stream().anyMatch(known -> known.id().value().equals(other));
      if (!exists || other.equals(project.value())) {
        throw Failure.invalid(
            "key.other_project_ids",
            "must name other projects that exist; '" + other + "' is none");
      }
      checked.add(new ProjectId(other));
    }
    if (checked.size() > AccessKey.MOST_OTHER_PROJECTS) {
      throw Failure.invalid(
          "key.other_project_ids", "takes at most " + AccessKey.MOST_OTHER_PROJECTS);
    }
    return add(
        project,
        displayName,
        AccessKey.Kind.WRITE,
        Role.WRITER,
        KeyText.generate(AccessKey.Kind.WRITE),
        checked,
        author);
  }

  /** The keys of a project, newest first. */
  public List<AccessKey> list(ProjectId project) {
    return register.keys(project);
  }

  /**
   * Revokes a key; revoking it again changes nothing.
   *
   * @throws Failure NOT_FOUND when the project has no such key
   */
  public AccessKey revoke(ProjectId project, String id, String author) {
    AccessKey key =
        register.keys(project).stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Failure.notFound("key", id));
    if (!key.works()) {
      return key;
    }
    AccessKey revoked = key.revoked(clock.instant());
    directory.replace(revoked, author);
    register.refresh();
    return revoked;
  }

  Project addProject(String id, String displayName, String author) {
    List<FieldViolation> violations = new ArrayList<>();
    if (!ProjectId.isValid(id) || id.startsWith("tenure-")) {
      violations.add(
          new FieldViolation(
              "project.id",
              "must have 3 to 63 of a-z, 0-9 and '-', start with a letter and not with 'tenure-'"));
    }
    if (displayName.length() > NAME_LENGTH) {
      violations.add(new FieldViolation("project.display_name", "is longer than " + NAME_LENGTH));
    }
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
    Project project =
        new Project(new ProjectId(id), displayName.isBlank() ? id : displayName, clock.instant());
    directory.add(project, author);
    register.refresh();
    return project;
  }

  NewKey add(
      ProjectId project,
      String displayName,
      AccessKey.Kind kind,
      Role role,
      String text,
      String author) {
    return add(project, displayName, kind, role, text, Set.of(), author);
  }

  private NewKey add(
      ProjectId project,
      String displayName,
      AccessKey.Kind kind,
      Role role,
      String text,
      Set<ProjectId> otherProjects,
      String author) {
    if (displayName.length() > NAME_LENGTH) {
      throw Failure.invalid("key.display_name", "is longer than " + NAME_LENGTH);
    }
    if (kind == AccessKey.Kind.WRITE && role != Role.WRITER) {
      throw Failure.of(Reason.INVALID_ARGUMENT, "A write key has no role");
    }
    AccessKey key =
        new AccessKey(
            "key-" + UUID.randomUUID().toString().substring(0, 13),
            project,
            displayName,
            kind,
            role,
            KeyText.prefix(text),
            KeyText.fingerprint(text),
            clock.instant(),
            null,
            otherProjects);
    directory.add(key, author);
    register.refresh();
    return new NewKey(key, text);
  }
}
