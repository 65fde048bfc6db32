package io.tenure.profile.store.erasure;

import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.Keeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The book of the installation's backups. Nothing can be taken out of a backup, so a receipt says
 * which ones hold the person, and when the last key to them is destroyed.
 */
public final class BackupBook implements Keeper {

  private final Path file;
  private final Clock clock;

  /** The book in a file, which need not be there. */
  public BackupBook(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public Answer erase(ProjectId project, List<Subject> subjects, boolean countOnly) {
    List<String> remarks = new ArrayList<>();
    for (JsonNode backup : read().path("backups")) {
      Instant end = Instant.parse(backup.path("endTime").asString());
      if (!backup.path("key").asString("").isEmpty() && end.isAfter(clock.instant())) {
        remarks.add(
            "The encrypted backup %s, made at %s, can be read until %s, by this installation only; a restore erases the person again"
                .formatted(
                    backup.path("name").asString(), backup.path("createTime").asString(), end));
      }
    }
    return new Answer("", Map.of(), remarks);
  }

  private JsonNode read() {
    try {
      return Files.exists(file)
          ? Json.read(Files.readString(file))
          : Json.MAPPER.createObjectNode();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
