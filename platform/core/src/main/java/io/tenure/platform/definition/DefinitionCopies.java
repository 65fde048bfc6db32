package io.tenure.platform.definition;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of a project's definitions, held in memory for the projects asked about, for
 * questions on the path of every request. As old as the last {@link #refresh()}.
 *
 * @param <T> what is made of them
 */
public final class DefinitionCopies<T> {

  private static final Logger LOG = LoggerFactory.getLogger(DefinitionCopies.class);

  private record Copy<T>(String version, T content) {}

  private final Definitions definitions;
  private final Function<List<Revision>, T> make;
  private final Map<ProjectId, Copy<T>> copies = new ConcurrentHashMap<>();

  /**
   * Copies of the given definitions.
   *
   * @param make of the current revisions, by id
   */
  public DefinitionCopies(Definitions definitions, Function<List<Revision>, T> make) {
    this.definitions = definitions;
    this.make = make;
  }

  /**
   * What is made of the project's definitions.
   *
   * @throws Failure UNAVAILABLE when they were never read and the store is away
   */
  public T of(ProjectId project) {
    return copies.computeIfAbsent(project, this::read).content();
  }

  /** Reads again what changed; while the store is away everything stays as it is. */
  public void refresh() {
    try {
      copies.forEach(this::refresh);
    } catch (Failure away) {
      LOG.debug("Definitions were not read: {}", away.text());
    }
  }

  private void refresh(ProjectId project, Copy<T> before) {
    String version = definitions.version(project);
    if (version.isEmpty() || !version.equals(before.version())) {
      copies.put(project, read(project));
    }
  }

  /** The version first: a change in between is read again next time. */
  private Copy<T> read(ProjectId project) {
    String version = definitions.version(project);
    return new Copy<>(version, make.apply(definitions.list(project)));
  }
}
