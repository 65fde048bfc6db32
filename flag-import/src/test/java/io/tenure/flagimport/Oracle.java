package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the peers' own evaluators, as they publish them, in a process of its own. */
final class Oracle {

  static final JsonMapper MAPPER = new JsonMapper();
  static final Path NODE = Path.of("src/test/node").toAbsolutePath();

  private Oracle() {}

  /**
   * A document with those it is decided for.
   *
   * @param keys the flags, in the order of the answers
   * @param now milliseconds
   */
  record Question(
      Object document, List<String> keys, List<Map<String, Object>> subjects, long now) {}

  /** For each question, for each subject, for each flag an answer. */
  static JsonNode ask(String peer, List<Question> questions)
      throws IOException, InterruptedException {
    assertThat(NODE.resolve("node_modules/.installed"))
        .as("The build fetches what the peers publish; run it through Maven once")
        .exists();
    Process process =
        new ProcessBuilder("node", "oracle.mjs")
            .directory(NODE.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] question =
        MAPPER
            .writeValueAsString(Map.of("peer", peer, "questions", questions))
            .getBytes(StandardCharsets.UTF_8);
    CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> read(process));
    try (OutputStream input = process.getOutputStream()) {
      input.write(question);
    }
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return MAPPER.readTree(answer.join());
  }

  private static byte[] read(Process process) {
    try {
      return process.getInputStream().readAllBytes();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
