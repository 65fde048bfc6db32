package io.tenure.gateway.domain;

import java.util.List;

/** Keeps people, projects and keys, with every change and its author. */
public interface Directory {

  /** Everything that is current. */
  Content load();

  /** A text that changes with every change; cheap to ask for. */
  String version();

  /**
   * Adds a person.
   *
   * @throws io.tenure.platform.failure.Failure ALREADY_EXISTS when the name is taken
   */
  void add(Person person, String author);

  /**
   * Adds a project.
   *
   * @throws io.tenure.platform.failure.Failure ALREADY_EXISTS when the id is taken
   */
  void add(Project project, String author);

  /**
   * Adds a key.
   *
   * @throws io.tenure.platform.failure.Failure ALREADY_EXISTS when the id is taken
   */
  void add(AccessKey key, String author);

  /**
   * Replaces a key.
   *
   * @throws io.tenure.platform.failure.Failure NOT_FOUND when there is no key of that id
   */
  void replace(AccessKey key, String author);

  /**
   * What a directory holds.
   *
   * @param people all people
   * @param projects all projects, oldest first
   * @param keys all keys, revoked ones too
   */
  record Content(List<Person> people, List<Project> projects, List<AccessKey> keys) {}
}
