package io.tenure.standalone;

import io.tenure.standalone.backup.ErasedAgain;
import io.tenure.standalone.backup.Restore;
import io.tenure.standalone.runtime.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an installation out of a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Makes an installation out of a backup, in an empty directory.")
final class RestoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--from", required = true, description = "The backup.")
  private Path from = Path.of("backup");

  @Option(
      names = "--data",
      required = true,
      description = "Directory to restore into: empty, or with the files that --keys speaks of.")
  private Path data = Path.of("data/restored");

  @Option(
      names = "--keys",
      description =
          "Directory with the installation's keys.json, secrets.json, backup-keys.json and"
              + " erasures.journal, which no backup has (default: --data).")
  private @Nullable Path keys;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Not in the directory, which has to be empty until everything is checked.
    Path log = Files.createTempFile("tenure-restore-", ".log");
    Logs.to(log);
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out);
    DataDirectory target = new DataDirectory(data);
    Path kept = keys;
    Instant time =
        new Restore(target, kept == null ? target : new DataDirectory(kept), clock)
            .run(from, new ErasedAgain(), progress::say);
    progress.say(
        "%s is as at %s; what was received after the backup is not in it".formatted(data, time));
    out.println("Start it with: ./tenure start --data " + data);
    out.flush();
    Files.delete(log);
    return 0;
  }
}
