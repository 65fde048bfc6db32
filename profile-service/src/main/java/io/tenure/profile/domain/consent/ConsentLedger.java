package io.tenure.profile.domain.consent;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Every decision anybody made about consent. Entries are only added. */
public interface ConsentLedger {

  /**
   * Adds entries, all or none.
   *
   * @param token names the entries; the same token again adds nothing
   */
  void add(String token, List<ConsentEntry> entries);

  /** The entries of one origin, in no order. */
  List<ConsentEntry> ofOrigin(ProjectId project, String origin);

  /**
   * The entries of a person, newest first: those of their numbers, and those of their ids that were
   * recorded while nobody had them.
   *
   * @param skip leaves out so many
   */
  List<ConsentEntry> ofPerson(
      ProjectId project, Collection<Long> numbers, Collection<String> ids, int skip, int limit);

  /**
   * Hands over all entries of a project.
   *
   * @param spoken takes those of people who ever said no to the purpose, or have no number
   * @param granted takes the others
   */
  void all(ProjectId project, Consumer<ConsentEntry> spoken, Consumer<ConsentEntry> granted);

  /** Hands over what was written down since a time, of all projects. */
  void since(Instant time, Consumer<ConsentEntry> consumer);

  /** Projects that have entries. */
  Set<ProjectId> projects();
}
