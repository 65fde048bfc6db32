package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How far each file is imported, and which rows were rejected. A position is saved only after the
 * rows before it were acknowledged, so a run that is cut off repeats some rows and skips none.
 */
final class ImportState {

  private final Path positionsFile;
  private final Path rejectsFile;
  private final Map<String, Long> positions = new TreeMap<>();

  private ImportState(Path folder) {
    this.positionsFile = folder.resolve("import-progress.json");
    this.rejectsFile = folder.resolve("import-rejects.ndjson");
  }

  static ImportState open(Path folder) {
    ImportState state = new ImportState(folder);
    try {
      Files.createDirectories(folder);
      if (Files.exists(state.positionsFile)) {
        JsonNode saved = Json.read(Files.readString(state.positionsFile));
        saved
            .properties()
            .forEach(entry -> state.positions.put(entry.getKey(), entry.getValue().longValue()));
      }
    } catch (IOException exception) {
      throw broken(folder, exception);
    }
    return state;
  }

  Path rejectsFile() {
    return rejectsFile;
  }

  /** Rows of a file that are done. */
  long position(String file) {
    return positions.getOrDefault(file, 0L);
  }

  /** Saves the rejected rows, then the position. */
  void save(String file, long position, List<Map<String, Object>> rejects) {
    try {
      if (!rejects.isEmpty()) {
        Files.write(
            rejectsFile,
            rejects.stream().map(Json::write).toList(),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
      positions.put(file, position);
      Path fresh = positionsFile.resolveSibling(positionsFile.getFileName() + ".new");
      Files.writeString(fresh, Json.write(positions));
      Files.move(
          fresh,
          positionsFile,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException exception) {
      throw broken(positionsFile, exception);
    }
  }

  private static Failure broken(Path path, IOException cause) {
    return Failure.of(Reason.FAILED_PRECONDITION, "The progress can't be kept in " + path, cause);
  }
}
