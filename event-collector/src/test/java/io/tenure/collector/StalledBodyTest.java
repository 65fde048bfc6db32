package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender who begins a body and never ends it. */
final class StalledBodyTest {

  @TempDir private Path directory;

  @Test
  void isToldThatItIsTooSlowAndCutOff() throws Exception {
    try (CollectorFixture collector =
            new CollectorFixture(directory, "--tenure.collector.body-patience=200ms");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), collector.httpPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /v1/batch HTTP/1.1\r
          Host: localhost\r
          Tenure-Project: stalled\r
          Content-Length: 100\r
          \r
          {"batch":\
          """
              .getBytes(StandardCharsets.UTF_8));
      out.flush();

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 408").contains("Connection: close");
      assertThat(collector.ledger("stalled").getReceived()).isZero();
    }
  }
}
