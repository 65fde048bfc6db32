package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What senders hear whom no HTTP client would let speak so, each over a socket of its own. */
final class RawRequestTest {

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  @BeforeAll
  static void start() {
    collector = new CollectorFixture(directory, "--tenure.collector.body-patience=200ms");
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  /** Somebody who begins a body and never ends it. */
  @ParameterizedTest
  @CsvSource({"/v1/batch", "/sa?gzip=1", "/debug"})
  void tellsAStalledSenderThatItIsTooSlowAndCutsItOff(String path) throws Exception {
    String answer =
        answer(
            """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Tenure-Project: stalled\r
            Content-Length: 100\r
            \r
            {"batch":\
            """
                .formatted(path));

    assertThat(answer).startsWith("HTTP/1.1 408").contains("Connection: close");
    assertThat(problem(answer).path("status").intValue()).isEqualTo(408);
    assertThat(collector.ledger("stalled").getReceived()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET /sa?data=| HTTP/1.1; 400",
        "GET /sa%00 HTTP/1.1; 400",
        "GET /sa?data=%zz HTTP/1.1; 400",
        "nonsense; 400",
        "GET /sa HTTP/7.3; 505",
        "BREW /sa HTTP/1.1; 405",
        "DELETE /error HTTP/1.1; 404",
        "GET /nowhere HTTP/1.1; 404"
      })
  void answersOddRequestsWithProblems(String line, int status) throws Exception {
    String answer =
        answer(line + "\r\nHost: localhost\r\nTenure-Project: odd\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(problem(answer).path("status").intValue()).isEqualTo(status);
  }

  @Test
  void answersAHeaderThatIsTooLargeWithAProblem() throws Exception {
    String answer =
        answer("GET /sa?data=" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(problem(answer).path("status").intValue()).isBetween(400, 431);
  }

  @Test
  void answersABodyThatIsTooLargeWithAProblem() throws Exception {
    String head =
        "POST /sa HTTP/1.1\r\nHost: localhost\r\nTenure-Project: large\r\n"
            + "Connection: close\r\nContent-Length: 1048577\r\n\r\n";

    String answer = answer(head + "x".repeat(1_048_577));

    assertThat(answer).startsWith("HTTP/1.1 413");
    assertThat(problem(answer).path("status").intValue()).isEqualTo(413);
    assertThat(collector.ledger("large").getRefused()).isEqualTo(1);
  }

  @Test
  void answersABrokenChunkWithAProblem() throws Exception {
    String answer =
        answer(
            "POST /sa HTTP/1.1\r\nHost: localhost\r\nTenure-Project: chunked\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nnot-a-size\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(problem(answer).path("status").intValue()).isEqualTo(400);
    assertThat(collector.ledger("chunked").getReceived()).isZero();
  }

  private static String answer(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), collector.httpPort())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode problem(String answer) {
    assertThat(answer).containsIgnoringCase("\r\nContent-Type: application/problem+json");
    return Json.read(answer.substring(answer.indexOf("{"), answer.lastIndexOf('}') + 1));
  }
}
