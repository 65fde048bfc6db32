package io.tenure.standalone;

import io.tenure.platform.failure.Failure;
import io.tenure.standalone.history.HistoryImport;
import io.tenure.standalone.history.ImportRequest;
import io.tenure.standalone.history.ImportSummary;
import io.tenure.standalone.history.ImportSummary.FileSummary;
import io.tenure.standalone.history.SensorsLogImport;
import io.tenure.standalone.ingest.IngestDoor;
import io.tenure.standalone.runtime.Secrets;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends history from files into a running platform. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Sends history from CSV or NDJSON files, or from files of a Sensors server SDK (plain or"
            + " gzip), into a running platform.")
final class ImportCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--mapping", paramLabel = "FILE", description = "What the columns mean (YAML).")
  private @Nullable Path mapping;

  @Option(
      names = "--sensors-log",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files with one record of a Sensors server SDK on each line.")
  private List<Path> sensorsLogs = List.of();

  @Parameters(
      arity = "0..*",
      paramLabel = "DATA",
      description = "Files or folders with the history.")
  private List<Path> files = List.of();

  @Option(
      names = "--gateway",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the platform runs (default: ${DEFAULT-VALUE}).")
  private URI gateway = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--data",
      defaultValue = "data/tenure",
      description =
          "Data directory of the platform, for its write key and the import's progress (default:"
              + " ${DEFAULT-VALUE}).")
  private Path data = Path.of("data/tenure");

  @Option(
      names = "--write-key",
      description = "Write key; by default the one of the data directory.")
  private @Nullable String writeKey;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out);
    try {
      if (!sensorsLogs.isEmpty()) {
        return importLogs(out, progress);
      }
      if (mapping == null || files.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "Give --mapping and files, or --sensors-log and files");
      }
      ImportSummary summary =
          HistoryImport.run(
              new ImportRequest(mapping, files, gateway, key(), data.resolve("import")),
              file -> progress.sayNowAndThen(line(file)));
      print(out, summary);
      return summary.rejected() == 0 ? 0 : 1;
    } catch (Failure failure) {
      throw new ParameterException(spec.commandLine(), failure.text(), failure);
    }
  }

  private int importLogs(PrintWriter out, Progress progress) {
    if (mapping != null || !files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--sensors-log needs no --mapping and takes all files");
    }
    long bad = 0;
    try (IngestDoor door = new IngestDoor(gateway, key(), PATIENCE)) {
      SensorsLogImport logs =
          new SensorsLogImport(door, tally -> progress.sayNowAndThen(line(tally)));
      for (Path file : sensorsLogs) {
        SensorsLogImport.Tally tally = logs.run(file);
        progress.say(line(tally));
        tally.listed().forEach(fault -> out.println("  " + fault));
        bad += tally.bad();
      }
    }
    out.flush();
    return bad == 0 ? 0 : 1;
  }

  private static String line(SensorsLogImport.Tally tally) {
    return "%s: %,d lines, %,d acknowledged, %,d bad"
        .formatted(tally.file(), tally.lines(), tally.acknowledged(), tally.bad());
  }

  private String key() {
    if (writeKey != null) {
      return writeKey;
    }
    if (!Secrets.existIn(data)) {
      throw new ParameterException(
          spec.commandLine(), "There are no secrets in " + data + "; give --write-key or --data");
    }
    return Secrets.in(data, "default", new GatewayKeyTexts()).writeKey();
  }

  private static String line(FileSummary file) {
    return "%s (%s): %,d rows, %,d events, %,d profile records, %,d rejected"
        .formatted(
            file.file(),
            file.source(),
            file.rows(),
            file.events(),
            file.profiles(),
            file.rejected());
  }

  private static void print(PrintWriter out, ImportSummary summary) {
    out.println();
    summary.files().forEach(file -> out.println(line(file)));
    out.printf(
        "%,d events and %,d profile records acknowledged, %,d rows rejected, in %.1f s%n",
        summary.events(),
        summary.profiles(),
        summary.rejected(),
        summary.took().toMillis() / 1000.0);
    if (summary.rejected() > 0) {
      out.println("The rejected rows are listed in " + summary.rejects());
    }
    out.flush();
  }
}
