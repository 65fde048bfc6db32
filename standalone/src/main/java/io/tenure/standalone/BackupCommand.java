package io.tenure.standalone;

import io.tenure.standalone.backup.Backup;
import io.tenure.standalone.backup.BackupClient;
import io.tenure.standalone.backup.BackupException;
import io.tenure.standalone.backup.BackupKeys;
import io.tenure.standalone.backup.BackupRequest;
import io.tenure.standalone.backup.Restore;
import io.tenure.standalone.backup.Retention;
import io.tenure.standalone.backup.StoppedSource;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.KeyFile;
import io.tenure.standalone.runtime.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an encrypted backup of an installation, running or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Makes an encrypted backup of an installation, running or not.")
final class BackupCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      defaultValue = "data/tenure",
      description = "Directory of the installation (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data/tenure");

  @Option(names = "--to", required = true, description = "Directory for backups.")
  private Path to = Path.of("backups");

  @Option(
      names = "--keep",
      defaultValue = "30d",
      description =
          "How long it can be read, such as 30d or 12h; then its key is destroyed (default:"
              + " ${DEFAULT-VALUE}).")
  private String keep = "30d";

  @Option(
      names = "--replace",
      description = "Destroys the keys of all earlier backups once this one is whole.")
  private boolean replace;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws InterruptedException {
    Logs.to(data.resolve("logs").resolve("backup.log"));
    DataDirectory directory = new DataDirectory(data);
    if (!Secrets.existIn(data)) {
      throw new BackupException("There is no installation in " + data);
    }
    Restore.requireWhole(directory);
    BackupRequest request = new BackupRequest(to, Periods.read(keep), replace);
    Progress progress = new Progress(spec.commandLine().getOut());
    Optional<Path> made = BackupClient.ask(directory, request, progress::say);
    Path backup = made.isPresent() ? made.get() : makeStopped(directory, request, progress);
    spec.commandLine().getOut().println(backup);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Path makeStopped(DataDirectory directory, BackupRequest request, Progress progress)
      throws InterruptedException {
    StoppedSource source =
        new StoppedSource(directory, Secrets.in(data, "", new GatewayKeyTexts()));
    source.requireStopped();
    progress.say("the installation does not run; its files are read");
    BackupKeys keys = new BackupKeys(directory, KeyFile.in(data));
    return new Backup(directory, keys, new Retention(directory, keys, clock), source, clock)
        .make(request, progress::say);
  }
}
