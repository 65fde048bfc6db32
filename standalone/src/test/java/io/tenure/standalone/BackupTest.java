package io.tenure.standalone;

import static io.tenure.standalone.LiveInstallation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A backup is made while events arrive, somebody is erased, the installation is lost and restored;
 * then every event and every byte is looked at.
 */
@Tag("own-engine")
final class BackupTest {

  private static final Canaries CANARIES =
      new Canaries(
          "wexford.plumtree", "q81zt-bbkwo-33", "50917733-662", "Trondvallia", "quorvimble");
  private static final Canaries OTHER =
      new Canaries("other-login", "other-device", "other-card", "Bern", "grocer");

  private static final String PLAN =
      """
      {"mode": "MODE_OBSERVE", "events": [],
       "traits": [{"name": "card", "type": "PROPERTY_TYPE_TEXT", "data_class": "DATA_CLASS_C2"}]}
      """;

  @TempDir private Path directory;

  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private volatile boolean sending = true;
  private String said = "";

  @Test
  void aRestoreLosesNothingDoublesNothingAndBringsNobodyErasedBack() throws Exception {
    Path data = directory.resolve("data");
    Files.createDirectories(data);
    Path backups = directory.resolve("backups");
    Path keys = directory.resolve("keys");
    long time = System.currentTimeMillis() - 60_000;
    List<String> before;
    List<String> during;
    Path backup;
    try (LiveInstallation live = LiveInstallation.start(data);
        BackupDoors _ = BackupDoors.of(new DataDirectory(data), live.installation())) {
      live.quicken();
      live.call("PUT", "/api/v1/tracking-plan", PLAN);
      live.sendPerson(time, CANARIES);
      live.sendPerson(time, OTHER);
      live.awaitProfile(CANARIES.login(), CANARIES.city());
      live.awaitProfile(OTHER.login(), OTHER.city());
      assertThat(CANARIES.in(data)).containsExactlyInAnyOrderElementsOf(CANARIES.all());

      Thread sender = Thread.ofVirtual().start(() -> sendOn(live, time));
      await().atMost(PATIENCE).until(() -> acknowledged.size() >= 50);
      before = List.copyOf(acknowledged);
      assertThat(run("backup", "--data", data.toString(), "--to", backups.toString()))
          .as(said)
          .isZero();
      during = List.copyOf(acknowledged);
      sending = false;
      sender.join();
      backup = only(backups);
      assertThat(run("backups", "--at", backups.toString(), "--keys", data.toString())).isZero();
      assertThat(said).contains(backup.getFileName().toString(), "readable until");
      assertThat(CANARIES.in(backups)).as("in the backup").isEmpty();

      live.send(event("Late", OTHER.login(), time + 900_000, ""));
      assertThat(live.erase(CANARIES.login())).contains(backup.getFileName().toString());
      await().atMost(PATIENCE).until(() -> journals(backups) == 1);
    }
    keep(data, keys);
    Directories.delete(data);
    // The newest tombstones lie beside the backup as well.
    Files.delete(keys.resolve("erasures.journal"));

    Path damaged = damagedCopy(backup);
    assertThat(restore(damaged, data, keys)).isNotZero();
    assertThat(said).contains("damaged");
    assertThat(data).doesNotExist();
    assertThat(restore(backup, data, directory.resolve("nobody"))).isNotZero();
    assertThat(said).contains("keys.json");
    assertThat(restore(backup, data, keys)).as(said).isZero();
    assertThat(said).contains("erasing again").contains("not in it");
    assertThat(CANARIES.in(data)).as("after the restore").isEmpty();

    try (LiveInstallation live = LiveInstallation.start(data)) {
      assertThat(
              live.rows(
                  "SELECT toString(count()) FROM erasures FINAL WHERE open = 0 AND"
                      + " JSONExtractString(body, 'author') = 'restore'"))
          .as("erasures a restore asked for")
          .containsExactly("1");
      List<String> stored = shops(live, "Busy");
      assertThat(stored).doesNotHaveDuplicates().containsAll(before);
      assertThat(during).containsAll(stored);
      assertThat(shops(live, "Late")).isEmpty();
      assertThat(shops(live, "Pay")).hasSize(1);
      live.awaitProfile(OTHER.login(), OTHER.card());
      assertThat(live.call("GET", "/api/v1/profiles/" + CANARIES.login(), "")).contains("404");
      long known = live.withheld();
      live.sendPerson(time + 7, CANARIES);
      await().atMost(PATIENCE).until(() -> live.withheld() == known + 3);
      live.send(event("New", OTHER.login(), time + 99, ""));
      await().atMost(PATIENCE).until(() -> shops(live, "New").size() == 1);
      live.requireBalance();
    }
    assertThat(CANARIES.in(data.resolve("clickhouse"))).isEmpty();

    assertThat(run("backup", "--data", data.toString(), "--to", backups.toString(), "--replace"))
        .as(said)
        .isZero();
    assertThat(backup).doesNotExist();
    Directories.delete(directory.resolve("other"));
    assertThat(restore(damaged, directory.resolve("other"), data)).isNotZero();
    assertThat(said).contains("no key");
  }

  private int restore(Path from, Path to, Path keys) {
    return run(
        "restore", "--from", from.toString(), "--data", to.toString(), "--keys", keys.toString());
  }

  private int run(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int code =
        new CommandLine(Tenure.class)
            .setOut(out)
            .setErr(out)
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  failure.printStackTrace(out);
                  return 1;
                })
            .execute(arguments);
    out.flush();
    said = text.toString();
    return code;
  }

  private static Path only(Path backups) throws IOException {
    try (Stream<Path> found = Files.list(backups)) {
      return found.filter(Files::isDirectory).reduce((a, b) -> directoryOf(backups)).orElseThrow();
    }
  }

  private static Path directoryOf(Path backups) {
    throw new AssertionError("More than one backup in " + backups);
  }

  private static long journals(Path backups) throws IOException {
    try (Stream<Path> found = Files.list(backups)) {
      return found.filter(file -> file.toString().endsWith(".journal")).count();
    }
  }

  private static void keep(Path data, Path keys) throws IOException {
    Files.createDirectories(keys);
    for (Path file : new DataDirectory(data).kept()) {
      Files.copy(file, keys.resolve(file.getFileName()));
    }
  }

  private Path damagedCopy(Path backup) throws IOException {
    Path copy = directory.resolve("damaged").resolve(backup.getFileName());
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    byte[] bytes = Files.readAllBytes(copy.resolve("database.sealed"));
    bytes[bytes.length / 2]++;
    Files.write(copy.resolve("database.sealed"), bytes);
    return copy;
  }

  private void sendOn(LiveInstallation live, long time) {
    for (int i = 0; sending; i++) {
      String name = "busy-" + i;
      try {
        live.send(event("Busy", name, time + i, name));
      } catch (IOException exception) {
        throw new UncheckedIOException(exception);
      } catch (InterruptedException interrupted) {
        return;
      }
      acknowledged.add(name);
    }
  }

  private static String event(String name, String login, long time, String shop) {
    return LiveInstallation.record("track", name, login, login, time, Map.of("shop", shop));
  }

  /** The shop of each stored row of an event, before any merge. */
  private static List<String> shops(LiveInstallation live, String event) {
    return live.rows(
        "SELECT properties['shop'] FROM events WHERE project_id = 'default' AND name = '"
            + event
            + "'");
  }
}
