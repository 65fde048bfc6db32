package io.tenure.statistics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Public data sets, where they are present; a test that asks is skipped where they are not. */
final class TestData {

  private TestData() {}

  static List<String> lines(String file) {
    String named = System.getProperty("tenure.data", System.getenv("TENURE_DATA"));
    Path path = (named == null ? Path.of("../../shared/data") : Path.of(named)).resolve(file);
    assumeTrue(Files.isRegularFile(path), "NOT RUN: no " + path + "; set TENURE_DATA");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
