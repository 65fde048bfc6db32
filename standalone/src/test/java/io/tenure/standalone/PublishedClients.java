package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the SDKs as published, each as a process of its own. */
final class PublishedClients {

  private PublishedClients() {}

  /** A script of {@code src/test/node}; returns what it printed. */
  static String node(String script, String... arguments) throws IOException, InterruptedException {
    return run(home().resolve("standalone/src/test/node"), List.of("node", script), arguments);
  }

  /** A class of {@code standalone/clients}; returns what it printed. */
  static String java(String client, String... arguments) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return run(
        home().resolve("standalone/clients/target"),
        List.of(
            java, "-cp", "classes" + File.pathSeparator + "lib/*", "io.tenure.clients." + client),
        arguments);
  }

  private static String run(Path directory, List<String> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private static Path home() {
    return Path.of(System.getProperty("tenure.home")).toAbsolutePath().normalize();
  }
}
