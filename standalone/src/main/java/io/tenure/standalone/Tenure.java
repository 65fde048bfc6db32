package io.tenure.standalone;

import io.tenure.standalone.backup.BackupException;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line: {@code ./tenure COMMAND}. */
@Command(
    name = "tenure",
    mixinStandardHelpOptions = true,
    version = "Tenure 0.1.0",
    description =
        "Shows how a finance app's users behave, who is about to leave, and which action really"
            + " kept them.",
    subcommands = {
      DemoCommand.class,
      StartCommand.class,
      ImportCommand.class,
      BackupCommand.class,
      BackupsCommand.class,
      RestoreCommand.class,
      ServeCommand.class,
      HelpCommand.class
    })
public final class Tenure {

  private Tenure() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    int code =
        new CommandLine(new Tenure())
            .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command))
            .execute(arguments);
    if (!Shutdown.requested()) {
      System.exit(code);
    }
  }

  /** One line for a person; the whole story is in the log. */
  private static int explain(Exception failure, CommandLine command) {
    // Its words are for whoever typed the command; those of its cause are the engine's.
    Throwable cause =
        failure instanceof BackupException
            ? failure
            : NestedExceptionUtils.getMostSpecificCause(failure);
    LoggerFactory.getLogger(Tenure.class).error("The command failed", failure);
    command.getErr().println("tenure: " + cause.getMessage());
    String log = System.getProperty("tenure.log");
    if (log != null) {
      command.getErr().println("The log has more: " + log);
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
