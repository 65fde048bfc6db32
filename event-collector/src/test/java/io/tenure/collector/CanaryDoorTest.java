package io.tenure.collector;

import static io.tenure.collector.api.SensorsForms.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tenure.platform.tenancy.Caller;
import io.tenure.proto.event.v1.CanaryRun.Result;
import io.tenure.proto.event.v1.GetCanaryRequest;
import io.tenure.proto.event.v1.GetCanaryResponse;
import io.tenure.proto.event.v1.LedgerServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canary on its whole way, through either door. */
final class CanaryDoorTest {

  private static final String CANARY = "tenure-canary";
  private static final String[] OFTEN = {
    "--tenure.collector.canary.interval=20ms", "--tenure.collector.projects-interval=20ms"
  };

  @TempDir private Path directory;

  @Test
  void fliesThroughTheIntakeWithoutTouchingOtherProjects() throws Exception {
    try (CollectorFixture collector = new CollectorFixture(directory, OFTEN)) {
      GetCanaryResponse state = await(collector, reply -> reply.getRuns() >= 2);

      assertThat(state.getFailures()).isZero();
      assertThat(state.hasLastSuccessTime()).isTrue();
      assertThat(state.getHistoryList())
          .allSatisfy(run -> assertThat(run.getResult()).isEqualTo(Result.RESULT_FOUND));
      assertThat(collector.ledger("bank").getReceived()).isZero();
      assertThat(collector.ledger(CANARY).getAccepted()).isGreaterThanOrEqualTo(2);
      awaitMeter(collector, "tenure_collector_ledger_total{outcome=\"accepted\"", CANARY);
      awaitMeter(collector, "tenure_collector_canary_failures_total", " 0");
      awaitMeter(collector, "tenure_collector_canary_delay_seconds", "");
    }
  }

  @Test
  void fliesThroughAPublicDoor() throws Exception {
    HttpServer door =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicReference<@Nullable CollectorFixture> behind = new AtomicReference<>();
    door.createContext("/base/v1/track", exchange -> pass(exchange, behind.get()));
    door.start();
    try (CollectorFixture collector =
        new CollectorFixture(
            directory,
            "--tenure.collector.canary.interval=20ms",
            "--tenure.collector.canary.url=http://127.0.0.1:"
                + door.getAddress().getPort()
                + "/base/",
            "--tenure.collector.canary.key=secret")) {
      GetCanaryResponse shut = await(collector, reply -> reply.getFailures() > 0);
      behind.set(collector);
      GetCanaryResponse open = await(collector, GetCanaryResponse::hasLastSuccessTime);

      assertThat(shut.getHistory(shut.getHistoryCount() - 1).getResult())
          .isEqualTo(Result.RESULT_NOT_TAKEN);
      assertThat(shut.getHistory(shut.getHistoryCount() - 1).getTrouble())
          .isEqualTo("The door answered 503");
      assertThat(open.getHistory(0).getResult()).isEqualTo(Result.RESULT_FOUND);
    } finally {
      door.stop(0);
    }
  }

  @Test
  void keepsItsProjectForItselfWhateverAKeyMayWriteTo() throws Exception {
    try (CollectorFixture collector = new CollectorFixture(directory, OFTEN)) {
      GetCanaryResponse state = await(collector, reply -> reply.getRuns() >= 1);
      String genuine = state.getHistory(0).getEventId();
      for (String id : List.of("made-up", genuine + "0", "x" + genuine)) {
        String forged =
            "{\"type\":\"track\",\"event\":\"tenure_canary\",\"anonymousId\":\"%s\",\"messageId\":\"%s\"}"
                .formatted(CANARY, id);
        assertThat(collector.post("/v1/track", CANARY, forged).statusCode()).isEqualTo(200);
      }
      String granted =
          "{\"type\":\"profile_set\",\"distinct_id\":\"%s\",\"time\":%d,\"project\":\"%1$s\",\"properties\":{\"a\":1}}"
              .formatted(CANARY, System.currentTimeMillis());
      HttpRequest.Builder request =
          collector
              .to("/sa", "bank")
              .header("Tenure-Other-Projects", CANARY)
              .POST(BodyPublishers.ofString(packed(granted)));
      assertThat(collector.send(request).statusCode()).isEqualTo(200);

      assertThat(collector.ledger(CANARY).getQuarantineReasonsMap())
          .isEqualTo(Map.of("PROJECT_RESERVED", 4L));
      long runs = await(collector, reply -> true).getRuns();
      GetCanaryResponse later = await(collector, reply -> reply.getRuns() > runs + 1);
      assertThat(later.getFailures()).isZero();
    }
  }

  @Test
  void doesNotStartWithADoorAndNoKey() {
    assertThatThrownBy(
            () ->
                new CollectorFixture(directory, "--tenure.collector.canary.url=http://127.0.0.1:1"))
        .hasStackTraceContaining("tenure.collector.canary.url needs tenure.collector.canary.key");
  }

  /** What a gateway does: knows the key and says whose it is. */
  private static void pass(HttpExchange exchange, @Nullable CollectorFixture collector)
      throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String expected =
          "Basic " + Base64.getEncoder().encodeToString("secret:".getBytes(StandardCharsets.UTF_8));
      boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
      int status = 503;
      if (collector != null) {
        HttpResponse<String> reply =
            collector.send(
                collector.to("/v1/track", CANARY).POST(BodyPublishers.ofByteArray(body)));
        status = known ? reply.statusCode() : 401;
      }
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static GetCanaryResponse await(
      CollectorFixture collector, Predicate<GetCanaryResponse> wanted) throws Exception {
    for (int i = 0; i < 600; i++) {
      GetCanaryResponse reply =
          collector.as(
              "bank",
              Caller.Role.ANALYST,
              stub ->
                  LedgerServiceGrpc.newBlockingStub(stub.getChannel())
                      .getCanary(GetCanaryRequest.getDefaultInstance()));
      if (wanted.test(reply)) {
        return reply;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("The canary did not fly");
  }

  private static void awaitMeter(CollectorFixture collector, String start, String part)
      throws Exception {
    String meters = "";
    for (int i = 0; i < 100; i++) {
      meters = collector.send(collector.to("/actuator/prometheus", "bank").GET()).body();
      if (meters.lines().anyMatch(line -> line.startsWith(start) && line.contains(part))) {
        return;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError(start + " is not among the meters:\n" + meters);
  }
}
