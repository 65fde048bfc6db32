package io.tenure.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.api.SensorsForms;
import io.tenure.proto.event.v1.Ledger;
import io.tenure.proto.event.v1.QuarantinedRecord;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Segment protocol at the door of a running collector. */
final class SegmentDoorTest {

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  @BeforeAll
  static void start() {
    collector = new CollectorFixture(directory);
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  @Test
  void servesTheShortPathsOfTheBrowserSdk() throws Exception {
    String record = "{\"userId\":\"u\",\"previousId\":\"p\",\"event\":\"A\",\"groupId\":\"g\"}";
    for (String path : List.of("i", "t", "p", "s", "g", "a", "t/")) {
      HttpResponse<String> reply =
          collector.send(
              collector
                  .to("/v1/" + path, "short")
                  .header("Content-Type", "text/plain")
                  .POST(BodyPublishers.ofString(record)));
      assertThat(reply.statusCode()).as(path).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("{\"success\":true}");
    }
    String batch = "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\"}]}";
    for (String path : List.of("/v1/b", "/v1/b/", "/beacon/v1/batch?writeKey=wk")) {
      assertThat(collector.post(path, "short", batch).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(collector.ledger("short").getAccepted()).isEqualTo(10);
    assertThat(collector.post("/v1/x", "short", record).statusCode()).isEqualTo(404);
  }

  @Test
  void takesTheGoodRecordsOfABatchAndKeepsTheBadAside() throws Exception {
    String large = "x".repeat(40_000);
    HttpResponse<String> reply =
        collector.post(
            "/v1/batch",
            "partial",
            """
            {"batch":[{"type":"track","event":"A","userId":"u","messageId":"1"},
              {"type":"track","event":"B","userId":"u","messageId":"2","properties":{"p":"%s"}},
              {"type":"track","event":"C","messageId":"3"},
              {"type":"track","event":"D","userId":"u","messageId":"4"},
              {"type":"track","event":"D","userId":"u","messageId":"4"}]}
            """
                .formatted(large));

    assertThat(reply.statusCode()).isEqualTo(200);
    Ledger ledger = collector.ledger("partial");
    assertThat(ledger.getAccepted()).isEqualTo(2);
    assertThat(ledger.getDuplicate()).isEqualTo(1);
    assertThat(ledger.getQuarantineReasonsMap())
        .isEqualTo(Map.of("RECORD_TOO_LARGE", 1L, "IDENTITY_MISSING", 1L));
    assertThat(collector.quarantined("partial"))
        .anySatisfy(record -> assertThat(record.getOriginal().toStringUtf8()).contains(large));
  }

  @Test
  void answersATooLargeBatchWith400AndKeepsItAside() throws Exception {
    String batch =
        "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\"}],\"x\":\""
            + "x".repeat(512_000)
            + "\"}";
    HttpResponse<String> plain = collector.post("/v1/batch", "oversize", batch);
    HttpResponse<String> packed =
        collector.send(
            collector
                .to("/v1/batch", "oversize-packed")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(SensorsForms.gzip(batch.getBytes(UTF_8)))));

    assertThat(plain.statusCode()).isEqualTo(400);
    assertThat(plain.body()).contains("512000 bytes");
    assertThat(packed.statusCode()).isEqualTo(400);
    QuarantinedRecord aside = collector.quarantined("oversize-packed").getFirst();
    assertThat(aside.getReason()).isEqualTo("BATCH_TOO_LARGE");
    assertThat(aside.getOriginal().toStringUtf8()).isEqualTo(batch);
  }

  @Test
  void keepsABodyWithBrokenPackingAsItWasSent() throws Exception {
    for (String path : List.of("/v1/batch", "/sa")) {
      String project = "broken-packing" + path.replace('/', '-');
      byte[] sent =
          SensorsForms.gzip(
              "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\"}]}"
                  .getBytes(UTF_8));
      byte[] broken = Arrays.copyOf(sent, sent.length - 12);

      HttpResponse<String> reply =
          collector.send(
              collector
                  .to(path, project)
                  .header("Content-Encoding", "gzip")
                  .POST(BodyPublishers.ofByteArray(broken)));

      assertThat(reply.statusCode()).as(path).isEqualTo(400);
      assertThat(collector.ledger(project).getQuarantineReasonsMap())
          .isEqualTo(Map.of("MALFORMED_BODY", 1L));
      assertThat(collector.quarantined(project).getFirst().getOriginal().toByteArray())
          .isEqualTo(broken);
    }
  }

  @Test
  void keepsABodyThatIsNoJsonAsItWasSent() throws Exception {
    String sent = "{\"batch\":[{]} 坏";

    assertThat(collector.post("/v1/batch", "no-json", sent).statusCode()).isEqualTo(400);

    assertThat(collector.ledger("no-json").getQuarantineReasonsMap())
        .isEqualTo(Map.of("MALFORMED_BODY", 1L));
    assertThat(collector.quarantined("no-json").getFirst().getOriginal().toStringUtf8())
        .isEqualTo(sent);
  }
}
