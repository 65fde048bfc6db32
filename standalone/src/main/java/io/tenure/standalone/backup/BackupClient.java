package io.tenure.standalone.backup;

import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Asks an installation that runs in another process for a backup. */
public final class BackupClient {

  private BackupClient() {}

  /**
   * Asks.
   *
   * @return the backup; empty when the installation does not run
   * @throws BackupException when none could be made
   */
  public static Optional<Path> ask(
      DataDirectory data, BackupRequest request, Consumer<String> progress)
      throws InterruptedException {
    Path file = BackupDoor.fileIn(data);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      BackupDoor.Address address =
          Json.MAPPER.readValue(Files.readString(file), BackupDoor.Address.class);
      HttpResponse<Stream<String>> response =
          http.send(question(address, request), BodyHandlers.ofLines());
      if (response.statusCode() != 200) {
        throw new BackupException("The installation answers " + response.statusCode());
      }
      return Optional.of(last(response.body(), progress));
    } catch (ConnectException nobody) {
      // A process that was killed leaves the file behind.
      return Optional.empty();
    } catch (IOException | UncheckedIOException broken) {
      throw new BackupException("The installation went away during the backup", broken);
    }
  }

  private static HttpRequest question(BackupDoor.Address address, BackupRequest request) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.port() + "/backup"))
        .header("Authorization", "Bearer " + address.token())
        .POST(
            BodyPublishers.ofString(
                Json.write(
                    Map.of(
                        "to", request.to().toString(),
                        "seconds", request.keep().toSeconds(),
                        "replace", request.replace()))))
        .build();
  }

  private static Path last(Stream<String> lines, Consumer<String> progress) {
    String[] end = {""};
    lines.forEach(
        line -> {
          if (line.startsWith(BackupDoor.DONE) || line.startsWith(BackupDoor.FAILED)) {
            end[0] = line;
          } else {
            progress.accept(line);
          }
        });
    if (!end[0].startsWith(BackupDoor.DONE)) {
      throw new BackupException(
          end[0].isEmpty()
              ? "The installation went away during the backup"
              : end[0].substring(BackupDoor.FAILED.length()));
    }
    return Path.of(end[0].substring(BackupDoor.DONE.length()));
  }
}
