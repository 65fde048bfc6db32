package io.tenure.standalone;

import io.tenure.standalone.backup.BackupException;
import io.tenure.standalone.backup.BackupKeys;
import io.tenure.standalone.backup.StoredBackup;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists backups and says which can be read. */
@Command(
    name = "backups",
    mixinStandardHelpOptions = true,
    description = "Lists the backups in a directory and says which can be read.")
final class BackupsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--at", required = true, description = "Directory of backups.")
  private Path at = Path.of("backups");

  @Option(
      names = {"--keys", "--data"},
      defaultValue = "data/tenure",
      description = "Directory of the installation, or of its keys (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data/tenure");

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(KeyFile.fileIn(data))) {
      throw new BackupException("There is no keys.json in " + data);
    }
    if (!Files.isDirectory(at)) {
      throw new BackupException("There is no directory " + at);
    }
    PrintWriter out = spec.commandLine().getOut();
    List<StoredBackup.Listed> all =
        StoredBackup.list(
            at, new BackupKeys(new DataDirectory(data), KeyFile.in(data)), clock.instant());
    for (StoredBackup.Listed one : all) {
      out.printf("%-36s %-25s %,15d  %s%n", one.name(), one.time(), one.bytes(), one.state());
    }
    out.flush();
    return 0;
  }
}
