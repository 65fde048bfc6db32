package io.tenure.standalone;

import io.tenure.standalone.backup.Restore;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an empty platform for a user's own events. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description =
        "Runs the platform for your own events; the first start makes an administrator and a"
            + " project.")
final class StartCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port of the gateway on loopback (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      defaultValue = "data/tenure",
      description = "Directory of stores, log and secrets (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data/tenure");

  @Option(
      names = "--project",
      defaultValue = "default",
      description = "Id of the first project (default: ${DEFAULT-VALUE}).")
  private String project = "default";

  @Option(names = "--distributed", description = "Runs each service in a process of its own.")
  private boolean distributed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Files.createDirectories(data);
    DataDirectory directory = new DataDirectory(data);
    Restore.requireWhole(directory);
    Directories.delete(directory.work());
    Logs.to(data.resolve("logs").resolve("tenure.log"));
    boolean first = !Secrets.existIn(data);
    Secrets secrets = Secrets.in(data, project, new GatewayKeyTexts());
    Progress progress = new Progress(out);
    try (Installation installation =
            Installation.start(
                data,
                port,
                distributed ? Installation.Form.SIX_PROCESSES : Installation.Form.ONE_PROCESS,
                secrets,
                Map.of(),
                progress::starting);
        BackupDoors _ = BackupDoors.of(directory, installation)) {
      Readiness.await(installation);
      progress.done("Tenure runs at " + installation.gateway());
      if (first) {
        printSecrets(out, secrets, data);
      } else {
        out.println("The secrets are in " + Secrets.fileIn(data).toAbsolutePath());
      }
      out.println("Stop it with Ctrl-C.");
      out.flush();
      installation.closedByOwner();
      Shutdown.await();
    }
    return 0;
  }

  private static void printSecrets(PrintWriter out, Secrets secrets, Path data) {
    out.println();
    out.println(
        "First start. These are shown once and kept in "
            + Secrets.fileIn(data).toAbsolutePath()
            + " (mode 600):");
    out.println("  console      " + secrets.username() + " / " + secrets.password());
    out.println("  project      " + secrets.project());
    out.println(
        "  write key    " + secrets.writeKey() + "   (for apps: send events, evaluate flags)");
    out.println("  secret key   " + secrets.secretKey() + "   (for servers: the API)");
  }
}
