package io.tenure.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.platform.failure.Failure;
import io.tenure.standalone.ingest.TestGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DemoClientTest {

  private static final List<DemoMessage> MESSAGES =
      DemoBank.endingAt(Instant.parse("2026-11-22T09:30:00Z")).messages().limit(9_000).toList();

  @Test
  void sendsEveryMessageOnce() {
    try (TestGateway gateway = new TestGateway();
        DemoClient client = new DemoClient(gateway.address(), "demo", TestGateway.KEY)) {
      List<Long> progress = new ArrayList<>();
      DemoClient.Delivery delivery =
          client.send(MESSAGES.stream(), MESSAGES.size(), (sent, total) -> progress.add(sent));

      assertThat(delivery.acknowledged()).isEqualTo(MESSAGES.size());
      assertThat(gateway.segment().size() + gateway.sensors().size()).isEqualTo(MESSAGES.size());
      assertThat(gateway.sensors()).hasSizeGreaterThan(1_000);
      assertThat(progress).isSorted().last().isEqualTo((long) MESSAGES.size());
      assertThat(delivery.retries()).isZero();
    }
  }

  @Test
  void triesAgainWhatMayPass() {
    try (TestGateway gateway = new TestGateway();
        DemoClient client = new DemoClient(gateway.address(), "demo", TestGateway.KEY)) {
      gateway.answerFirst(503, 429, 500);

      DemoClient.Delivery delivery =
          client.send(MESSAGES.stream().limit(2_000), 2_000, (sent, total) -> {});

      assertThat(delivery.acknowledged()).isEqualTo(2_000);
      assertThat(delivery.retries()).isEqualTo(3);
    }
  }

  @Test
  void stopsWhenItIsRefused() {
    try (TestGateway gateway = new TestGateway();
        DemoClient client = new DemoClient(gateway.address(), "demo", "wrong")) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> client.send(MESSAGES.stream(), MESSAGES.size(), (sent, total) -> {}))
          .withMessageContaining("401");
    }
  }

  @Test
  void keepsTheOrderOfEachPhone() {
    try (TestGateway gateway = new TestGateway();
        DemoClient client = new DemoClient(gateway.address(), "demo", TestGateway.KEY)) {
      client.send(MESSAGES.stream(), MESSAGES.size(), (sent, total) -> {});

      String device = MESSAGES.getFirst().phone().deviceId();
      List<String> sent =
          MESSAGES.stream()
              .filter(message -> message.phone().deviceId().equals(device))
              .map(DemoMessage::id)
              .toList();
      assertThat(gateway.segment())
          .filteredOn(record -> record.path("anonymousId").asString("").equals(device))
          .extracting((JsonNode record) -> record.get("messageId").stringValue())
          .containsExactlyElementsOf(sent);
    }
  }
}
