package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.standalone.history.ImportSummary.FileSummary;
import io.tenure.standalone.history.Mapping.Source;
import io.tenure.standalone.ingest.IngestDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Imports history. It goes through the public ingest endpoint, so history passes the same checks as
 * live events; ids come from the rows, so a repeated or resumed run doubles nothing.
 */
public final class HistoryImport {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Mapping mapping;
  private final Lookups lookups;
  private final DataFiles data;
  private final ImportState state;
  private final IngestDoor door;
  private final ProgressListener listener;

  private HistoryImport(ImportRequest request, IngestDoor door, ProgressListener listener) {
    this.mapping = MappingFile.read(request.mapping());
    this.data = DataFiles.in(request.data());
    this.lookups = Lookups.load(mapping, data);
    this.state = ImportState.open(request.state());
    this.door = door;
    this.listener = listener;
  }

  /**
   * Imports everything the mapping names, going on where an earlier run stopped.
   *
   * @throws Failure INVALID_ARGUMENT when the mapping or a file can't be read or the gateway
   *     refuses the key, UNAVAILABLE when the gateway does not answer for minutes; the progress is
   *     kept
   */
  public static ImportSummary run(ImportRequest request, ProgressListener listener) {
    try (IngestDoor door = new IngestDoor(request.gateway(), request.writeKey(), PATIENCE)) {
      return new HistoryImport(request, door, listener).run();
    }
  }

  private ImportSummary run() {
    long start = System.nanoTime();
    List<FileSummary> files = new ArrayList<>();
    for (Source source : mapping.files()) {
      for (Path file : data.matching(source.match())) {
        files.add(importFile(source, file));
      }
    }
    return new ImportSummary(
        files, state.rejectsFile(), Duration.ofNanos(System.nanoTime() - start));
  }

  private FileSummary importFile(Source source, Path file) {
    String name = file.getFileName().toString();
    String key = source.name() + "/" + name + "/" + size(file);
    RowConverter converter = new RowConverter(source, mapping, lookups, name);
    long done = state.position(key);
    FileTally tally = new FileTally(source.name(), name);
    Window window = new Window();
    try (RowReader reader = RowReader.open(file, source.formatOr(mapping.format()))) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        if (row.number() <= done) {
          tally.resumed();
          continue;
        }
        try {
          tally.converted(window.add(converter.convert(row)));
        } catch (BadRowException bad) {
          tally.rejected();
          window.reject(name, row, bad.reason());
        }
        if (window.isFull()) {
          flush(window, key, row.number(), tally);
        }
      }
      flush(window, key, Math.max(done, reader.position()), tally);
    }
    return tally.summary();
  }

  /** Sends the batches of a window side by side; the position moves when all are acknowledged. */
  private void flush(Window window, String key, long position, FileTally tally) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = new ArrayList<>();
      window
          .batches()
          .forEach(batch -> sending.add(executor.submit(() -> door.sendSegment(batch))));
      for (Future<?> batch : sending) {
        batch.get();
      }
    } catch (ExecutionException exception) {
      if (exception.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw Failure.of(Reason.INTERNAL, "The import failed", exception);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.ABORTED, "The import was interrupted", interrupted);
    }
    state.save(key, position, window.rejects());
    window.clear();
    listener.progress(tally.summary());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException exception) {
      throw Failure.invalid(file.toString(), "can't be read");
    }
  }
}
