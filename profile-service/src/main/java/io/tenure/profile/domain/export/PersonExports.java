package io.tenure.profile.domain.export;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.erasure.Erasures;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.visibility.Viewing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Hands out everything about a person. The document goes to the caller while it is read and is kept
 * nowhere, so there is nothing to guard or to erase later; that it was handed out is written down
 * before its first byte.
 */
public final class PersonExports {

  private final ProfileDirectory directory;
  private final MergedUsers merged;
  private final Erasures erasures;
  private final Viewing viewing;
  private final List<Source> sources;
  private final Exports exports;
  private final ExportPlaces places;
  private final Clock clock;

  /**
   * Exports from the given sources.
   *
   * @param sources in the order of their sections
   */
  public PersonExports(
      ProfileDirectory directory,
      MergedUsers merged,
      Erasures erasures,
      Viewing viewing,
      List<Source> sources,
      Exports exports,
      ExportPlaces places,
      Clock clock) {
    this.directory = directory;
    this.merged = merged;
    this.erasures = erasures;
    this.viewing = viewing;
    this.sources = List.copyOf(sources);
    this.exports = exports;
    this.places = places;
    this.clock = clock;
  }

  /**
   * Writes the document of whoever has an id.
   *
   * @throws Failure NOT_FOUND when nobody has it, FAILED_PRECONDITION while the person is being
   *     erased, RESOURCE_EXHAUSTED when another export runs; or what the sink or a source throws,
   *     then the document is not whole
   */
  public void write(Caller caller, String userId, Sink sink) {
    places.take(caller.project());
    try {
      write(caller, person(caller, userId), sink);
    } finally {
      places.give(caller.project());
    }
  }

  /** Who was exported, newest first. */
  public List<Export> list(ProjectId project, String before, int limit) {
    Instant now = now();
    return exports.list(project, before, limit).stream().map(export -> export.seenAt(now)).toList();
  }

  private void write(Caller caller, Person person, Sink sink) {
    Export export = Export.of(id(person.askTime()), person, caller.subject());
    exports.save(export);
    Document document = new Document(sink);
    try {
      document.begin(export.id(), person);
      sources.forEach(source -> source.write(person, document));
      document.end(now());
      exports.save(export.ended(Export.State.COMPLETE, document, now()));
    } catch (RuntimeException cut) {
      try {
        exports.save(export.ended(Export.State.INCOMPLETE, document, now()));
      } catch (RuntimeException unsaved) {
        cut.addSuppressed(unsaved);
      }
      throw cut;
    }
  }

  private Person person(Caller caller, String userId) {
    ProjectId project = caller.project();
    Profile profile =
        directory.find(project, List.of(userId)).stream()
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "Nobody in the project has this id"));
    List<Long> numbers = merged.numbers(project, profile.user().number());
    boolean erasing =
        erasures.open().stream()
            .anyMatch(
                erasure ->
                    erasure.project().equals(project)
                        && erasure.userNumbers().stream().anyMatch(numbers::contains));
    if (erasing) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "The person is being erased");
    }
    Map<Long, Profile> profiles = directory.load(project, numbers);
    return new Person(
        project,
        numbers.stream().filter(profiles::containsKey).map(profiles::get).toList(),
        numbers,
        now(),
        viewing.of(caller));
  }

  /** Sorts by time; the rest makes it unique. */
  private static String id(Instant time) {
    return "%013d-%s".formatted(time.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
