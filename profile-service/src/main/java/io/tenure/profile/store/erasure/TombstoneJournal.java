package io.tenure.profile.store.erasure;

import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.Stone;
import io.tenure.profile.domain.erasure.Stones;
import io.tenure.profile.domain.erasure.Tombstones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tombstones that are also kept in a file of their own, one JSON object a line: it is no part of
 * any backup, so restored stores learn from it who was erased after the backup was made. A
 * tombstone is in the file before it is in the store.
 */
public final class TombstoneJournal implements Tombstones {

  private record Line(String project, Stone stone) {}

  private final Path file;
  private final ClickHouseTombstones stored;

  /** Brings file and store to the same state. */
  public TombstoneJournal(Path file, ClickHouseTombstones stored) {
    this.file = file;
    this.stored = stored;
    Map<String, Set<Stone>> journal = new HashMap<>();
    for (Line line : read()) {
      journal.computeIfAbsent(line.project(), project -> new HashSet<>()).add(line.stone());
    }
    for (ProjectId project : stored.projects()) {
      List<Stone> unknown = new ArrayList<>(stored.stored(project));
      unknown.removeAll(journal.getOrDefault(project.value(), Set.of()));
      append(project, unknown);
    }
    journal.forEach(
        (name, stones) -> {
          ProjectId project = new ProjectId(name);
          Set<Stone> lost = new HashSet<>(stones);
          stored.stored(project).forEach(lost::remove);
          stored.add(project, List.copyOf(lost));
        });
  }

  @Override
  public Stones of(ProjectId project) {
    return stored.of(project);
  }

  @Override
  public void add(ProjectId project, List<Stone> stones) {
    append(project, stones);
    stored.add(project, stones);
  }

  private synchronized void append(ProjectId project, List<Stone> stones) {
    if (stones.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    stones.forEach(
        stone -> lines.append(Json.write(new Line(project.value(), stone))).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** Cuts off a last line that was not written to its end; nobody acted on it. */
  private List<Line> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      int whole = text.lastIndexOf('\n') + 1;
      if (whole < text.length()) {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
          out.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
          out.force(true);
        }
      }
      return text.substring(0, whole)
          .lines()
          .map(line -> Json.MAPPER.readValue(line, Line.class))
          .toList();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
