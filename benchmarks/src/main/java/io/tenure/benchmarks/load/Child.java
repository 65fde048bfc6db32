package io.tenure.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Java process of this benchmark: one line in, one line out; it ends when its input does. */
public final class Child implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader answers;

  private Child(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a class of this class path.
   *
   * @param errors where its error output goes
   */
  public static Child start(Class<?> main, List<String> jvm, List<String> arguments, Path errors)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new Child(new ProcessBuilder(command).redirectError(errors.toFile()).start());
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** The processes it started itself. */
  public List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** Writes a line to its input. */
  public void tell(String line) {
    try {
      process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** The next line of its output. */
  public String answer() {
    try {
      @Nullable String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("A process of the benchmark ended early");
      }
      return line;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
