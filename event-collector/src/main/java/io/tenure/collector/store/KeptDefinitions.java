package io.tenure.collector.store;

import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Definitions held in memory and in a file beside the log, so that the door opens and judges as
 * before while both stores are away.
 */
public final class KeptDefinitions<T> implements ProjectSettings<T> {

  private static final Logger LOG = LoggerFactory.getLogger(KeptDefinitions.class);

  /** A project's definitions as they lie in the file. */
  private record Kept(String version, List<Revision> revisions) {}

  private record Content(Map<String, Kept> projects) {}

  /** A project's definitions as they are used. */
  private record Copy<T>(Kept kept, Map<String, T> settings) {}

  private final Definitions definitions;
  private final Path file;
  private final Function<Revision, T> reader;
  private final Map<ProjectId, Copy<T>> copies = new ConcurrentHashMap<>();

  private boolean complete;

  /**
   * Starts with what the file holds.
   *
   * @param file where the copy is kept; made when it is missing
   * @param reader what a revision means
   * @throws UncheckedIOException when the file is there and can't be read
   */
  public KeptDefinitions(Definitions definitions, Path file, Function<Revision, T> reader) {
    this.definitions = definitions;
    this.file = file;
    this.reader = reader;
    if (Files.exists(file)) {
      load()
          .projects()
          .forEach((project, kept) -> copies.put(new ProjectId(project), copy(kept, null)));
    }
  }

  @Override
  public Map<String, T> of(ProjectId project) {
    return copies
        .computeIfAbsent(project, asked -> new Copy<>(new Kept("", List.of()), Map.of()))
        .settings();
  }

  @Override
  public boolean ensure(ProjectId project) {
    // The first reading makes the version, the second one holds it.
    for (int reading = 0; reading < 2 && !isRead(project); reading++) {
      refresh();
    }
    return isRead(project);
  }

  private boolean isRead(ProjectId project) {
    of(project);
    @Nullable Copy<T> copy = copies.get(project);
    return copy != null && !copy.kept().version().isEmpty();
  }

  @Override
  public synchronized void refresh() {
    boolean changed = false;
    try {
      if (!complete) {
        definitions.projects().forEach(this::of);
        complete = true;
      }
      for (Map.Entry<ProjectId, Copy<T>> known : copies.entrySet()) {
        changed |= refresh(known.getKey(), known.getValue());
      }
    } catch (Failure away) {
      LOG.debug("The definitions of {} were not read: {}", file.getFileName(), away.text());
    }
    if (changed) {
      save();
    }
  }

  private boolean refresh(ProjectId project, Copy<T> before) {
    String version = definitions.version(project);
    if (!version.isEmpty() && version.equals(before.kept().version())) {
      return false;
    }
    Kept now = new Kept(version, definitions.list(project));
    copies.put(project, copy(now, before));
    return !now.equals(before.kept());
  }

  /** A revision that can't be read, perhaps of a newer version, leaves the one before in force. */
  private Copy<T> copy(Kept kept, @Nullable Copy<T> before) {
    Map<String, T> settings = LinkedHashMap.newLinkedHashMap(kept.revisions().size());
    for (Revision revision : kept.revisions()) {
      try {
        settings.put(revision.id(), reader.apply(revision));
      } catch (RuntimeException unreadable) {
        LOG.warn("A definition in {} can't be read", file.getFileName(), unreadable);
        @Nullable T old = before == null ? null : before.settings().get(revision.id());
        if (old != null) {
          settings.put(revision.id(), old);
        }
      }
    }
    return new Copy<>(kept, Map.copyOf(settings));
  }

  private Content load() {
    try {
      return Json.MAPPER.readValue(Files.readString(file), Content.class);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private void save() {
    Map<String, Kept> projects = LinkedHashMap.newLinkedHashMap(copies.size());
    copies.forEach((project, copy) -> projects.put(project.value(), copy.kept()));
    try {
      WholeFile.replace(file, Json.write(new Content(projects)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException exception) {
      LOG.warn("The copy of {} was not saved", file.getFileName(), exception);
    }
  }
}
