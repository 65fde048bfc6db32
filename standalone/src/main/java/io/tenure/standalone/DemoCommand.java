package io.tenure.standalone;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs everything on embedded stores with the data of a digital bank, and reports. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs everything with the data of a digital bank, prints a report and stays up.")
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port of the gateway on loopback (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      defaultValue = "data/demo",
      description =
          "Directory of the demo; an earlier demo in it is removed (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data/demo");

  @Option(
      names = "--once",
      description = "Ends after the report; the exit code is 0 only if everything adds up.")
  private boolean once;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the report as JSON.")
  private @Nullable Path reportFile;

  @Option(names = "--distributed", description = "Runs each service in a process of its own.")
  private boolean distributed;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    prepareDirectory();
    Logs.to(data.resolve("logs").resolve("tenure.log"));
    Secrets secrets = Secrets.in(data, "default", new GatewayKeyTexts());
    Progress progress = new Progress(out);
    Instant endTime = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    try (WebhookSink webhook = new WebhookSink();
        Installation installation =
            Installation.start(
                data,
                port,
                distributed ? Installation.Form.SIX_PROCESSES : Installation.Form.ONE_PROCESS,
                secrets,
                Map.of("tenure.alert.allow-private-webhooks", "true"),
                progress::starting);
        Api api = new Api(installation.gateway(), secrets.secretKey())) {
      Readiness.await(installation);
      progress.say("all services are healthy at " + installation.gateway());
      DemoReport report = new Demo(installation, api, webhook, progress).run(endTime);
      new ReportPrinter(out).print(report);
      if (reportFile != null) {
        Files.writeString(
            reportFile, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report));
      }
      if (!once) {
        stayUp(out, installation, secrets);
      }
      return report.passed() ? 0 : 1;
    }
  }

  private void prepareDirectory() throws IOException, InterruptedException {
    try {
      new DemoDirectory(new DataDirectory(data)).clear();
    } catch (Failure failure) {
      throw new ParameterException(spec.commandLine(), failure.text(), failure);
    }
  }

  private static void stayUp(PrintWriter out, Installation installation, Secrets secrets)
      throws InterruptedException {
    out.println(
        "Console     "
            + installation.gateway()
            + "/   sign in as "
            + secrets.username()
            + " / "
            + secrets.password());
    out.println(
        "API         "
            + installation.gateway()
            + "/api/v1/openapi.json   secret key "
            + secrets.secretKey());
    out.println(
        "Send events "
            + installation.gateway()
            + "/v1/batch or /sa   write key "
            + secrets.writeKey());
    out.println("Stop it with Ctrl-C.");
    out.flush();
    installation.closedByOwner();
    Shutdown.await();
  }
}
