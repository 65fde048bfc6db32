package io.tenure.standalone.history;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What to import and where to.
 *
 * @param mapping the mapping file
 * @param data files and folders
 * @param gateway base address, for example {@code http://127.0.0.1:8080}
 * @param writeKey opens the project
 * @param state folder for the progress and the rejected rows; made when missing
 */
public record ImportRequest(
    Path mapping, List<Path> data, URI gateway, String writeKey, Path state) {

  /** Copies the list. */
  public ImportRequest {
    data = List.copyOf(data);
  }
}
