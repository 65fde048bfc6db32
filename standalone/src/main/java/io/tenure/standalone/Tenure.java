package io.tenure.standalone;

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
      ServeCommand.class,
      HelpCommand.class
    })
public final class Tenure {

  private Tenure() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    int code = new CommandLine(new Tenure()).execute(arguments);
    if (!Shutdown.requested()) {
      System.exit(code);
    }
  }
}
