package io.tenure.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import io.tenure.standalone.runtime.KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the directory of backups, after everything that can happen to it. */
final class BackupFilesTest {

  private static final String SECRET = "nobody reads this in a backup";
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir private Path directory;

  private final MovedClock clock = new MovedClock();
  private Path to = Path.of("unset");
  private DataDirectory data = new DataDirectory(to);
  private BackupKeys keys = new BackupKeys(data, new KeyFile(Map.of(), "", "", ""));

  @BeforeEach
  void installation() throws IOException {
    to = directory.resolve("backups");
    data = new DataDirectory(Files.createDirectories(directory.resolve("data")));
    keys = new BackupKeys(data, KeyFile.in(data.path()));
  }

  @Test
  void whatIsUnpackedIsWhatWasPackedAndTheFilesTellNothing() throws Exception {
    Path backup = make(BackupFilesTest::write);
    assertThat(Files.exists(data.work())).isFalse();
    try (Stream<Path> files = Files.walk(to)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
      }
    }
    StoredBackup stored = StoredBackup.at(backup);
    stored.verify(vault(backup));
    stored.unpack(vault(backup), "database", directory.resolve("out"));
    assertThat(directory.resolve("out/deep/part.bin")).hasContent(SECRET);
    assertThat(directory.resolve("out/empty")).isEmptyDirectory();
    stored.unpack(vault(backup), "log", directory.resolve("out-log"));
    assertThat(Files.size(directory.resolve("out-log/large"))).isEqualTo(3_000_000);
  }

  @Test
  void everyChangeOfAFileIsNoticed() throws Exception {
    Path backup = make(BackupFilesTest::write);
    List<Path> files;
    try (Stream<Path> found = Files.list(backup)) {
      files = found.toList();
    }
    assertThat(files).hasSize(4);
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      for (int place : new int[] {0, good.length / 2, good.length - 2}) {
        byte[] bad = good.clone();
        bad[place] ^= 1;
        Files.write(file, bad);
        assertThatThrownBy(() -> verify(backup)).as("%s at %d", file, place).satisfies(this::told);
      }
      Files.write(file, Arrays.copyOf(good, good.length - 1));
      assertThatThrownBy(() -> verify(backup)).as("%s cut", file).satisfies(this::told);
      Files.delete(file);
      assertThatThrownBy(() -> verify(backup)).as("%s gone", file).satisfies(this::told);
      Files.write(file, good);
    }
    Files.move(backup.resolve("log.sealed"), backup.resolve("kept"));
    Files.move(backup.resolve("database.sealed"), backup.resolve("log.sealed"));
    Files.move(backup.resolve("kept"), backup.resolve("database.sealed"));
    assertThatThrownBy(() -> verify(backup)).as("exchanged").satisfies(this::told);
    // Also without the sums: a part opens only as what it is, and only to its end.
    assertThatThrownBy(
            () ->
                StoredBackup.at(backup)
                    .unpack(vault(backup), "log", directory.resolve("exchanged")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aTornPartIsNoticedWhileItIsUnpacked() throws Exception {
    Path backup = make(BackupFilesTest::write);
    Path log = backup.resolve("log.sealed");
    byte[] good = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(good, 2 << 20));
    assertThatThrownBy(
            () -> StoredBackup.at(backup).unpack(vault(backup), "log", directory.resolve("torn")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatDiedInTheMiddleIsNoBackupAndGoesWithTheNextOne() throws Exception {
    class Killed extends Error {}
    assertThatThrownBy(
            () ->
                make(
                    (database, log) -> {
                      throw new Killed();
                    }))
        .isInstanceOf(Killed.class);
    Path dead = only();
    assertThat(dead.toString()).endsWith(".partial");
    assertThat(StoredBackup.list(to, keys, clock.instant()).getFirst().state())
        .contains("never finished");
    Path next = make(BackupFilesTest::write);
    assertThat(only()).isEqualTo(next);
    assertThat(keys.entries())
        .extracting(entry -> entry.readable(clock.instant()))
        .containsExactly(false, true);
  }

  @Test
  void aFullDiskIsSaidAndNothingIsKept() throws Exception {
    assertThatThrownBy(
            () ->
                make(
                    (database, log) -> {
                      write(database, log);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("A disk is full");
    assertThat(to).isEmptyDirectory();
    assertThat(data.work()).doesNotExist();
    assertThat(keys.entries()).noneMatch(entry -> entry.readable(clock.instant()));
  }

  @Test
  void theKeyEndsWhenTheTimeIsOverAndTheFilesGoToo() throws Exception {
    Path backup = make(BackupFilesTest::write);
    Path copy = directory.resolve("copy").resolve(backup.getFileName());
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    String sealed = keys.entries().getFirst().key();
    assertThat(Files.readString(data.backupKeys())).contains(sealed);
    clock.advance(MONTH);
    assertThat(StoredBackup.list(to, keys, clock.instant()).getFirst().state()).contains("no key");
    retention().run();
    assertThat(backup).doesNotExist();
    assertThat(Files.readString(data.backupKeys())).doesNotContain(sealed);
    clock.advance(MONTH.negated());
    assertThatThrownBy(() -> vault(copy)).hasMessageContaining("No value present");
  }

  @Test
  void aReplacementEndsAllEarlierOnes() throws Exception {
    Path first = make(BackupFilesTest::write);
    Path second =
        new Backup(data, keys, retention(), BackupFilesTest::write, clock)
            .make(new BackupRequest(to, MONTH, true), line -> {});
    assertThat(first).doesNotExist();
    assertThat(only()).isEqualTo(second);
    assertThat(keys.entries())
        .extracting(entry -> entry.readable(clock.instant()))
        .containsExactly(false, true);
  }

  @Test
  void anotherInstallationHasNoKey() throws Exception {
    Path backup = make(BackupFilesTest::write);
    DataDirectory other = new DataDirectory(Files.createDirectories(directory.resolve("stranger")));
    BackupKeys foreign = new BackupKeys(other, KeyFile.in(other.path()));
    assertThat(StoredBackup.list(to, foreign, clock.instant()).getFirst().state())
        .contains("no key");
    Files.copy(data.backupKeys(), other.backupKeys());
    assertThat(foreign.open(backup.getFileName().toString(), clock.instant()))
        .as("with the book but without the master key")
        .isEmpty();
  }

  @Test
  void tombstonesLieBesideBackupsAndNeverGetFewer() throws Exception {
    Files.writeString(data.erasures(), "one\n");
    make(BackupFilesTest::write);
    Path copy = to.resolve(keys.erasures());
    assertThat(copy).hasContent("one\n");
    Files.writeString(data.erasures(), "one\ntwo\n");
    retention().run();
    assertThat(copy).hasContent("one\ntwo\n");
    Files.delete(data.erasures());
    retention().run();
    assertThat(copy).hasContent("one\ntwo\n");
  }

  @Test
  void backupsNeverLieInTheInstallation() {
    to = data.path().resolve("backups");
    assertThatThrownBy(() -> make(BackupFilesTest::write)).hasMessageContaining("can't lie in");
  }

  /** Stands still until it is moved. */
  private static final class MovedClock extends Clock {

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void told(Throwable failure) {
    assertThat(failure).isInstanceOf(BackupException.class);
  }

  private void verify(Path backup) {
    StoredBackup.at(backup).verify(vault(backup));
  }

  private Vault vault(Path backup) {
    String name = backup.getFileName().toString();
    return new Vault(name, keys.open(name, clock.instant()).orElseThrow());
  }

  private Path make(Source source) throws InterruptedException {
    return new Backup(data, keys, retention(), source, clock)
        .make(new BackupRequest(to, MONTH, false), line -> {});
  }

  private Retention retention() {
    return new Retention(data, keys, clock);
  }

  private Path only() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(to)) {
      all.filter(Files::isDirectory).forEach(found::add);
    }
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static void write(Path database, Path log) throws IOException {
    Directories.delete(database);
    Files.createDirectories(database.resolve("deep"));
    Files.createDirectories(database.resolve("empty"));
    Files.writeString(database.resolve("deep/part.bin"), SECRET);
    Files.createDirectories(log);
    Files.write(log.resolve("large"), new byte[3_000_000]);
  }
}
