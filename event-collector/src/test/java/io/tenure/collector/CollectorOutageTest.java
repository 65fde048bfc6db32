package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.api.SensorsForms;
import io.tenure.collector.domain.canary.Canary;
import io.tenure.collector.domain.canary.CanaryRun.Result;
import io.tenure.platform.service.ServiceRunner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The service with nothing behind it. */
final class CollectorOutageTest {

  @TempDir private Path directory;

  @Test
  void takesRecordsWhileStoresAndServicesAreAway() throws Exception {
    try (ConfigurableApplicationContext application =
            ServiceRunner.service(CollectorApplication.class, CollectorApplication.NAME)
                .run(
                    "--server.port=0",
                    "--spring.grpc.server.port=0",
                    "--tenure.collector.data-directory=" + directory,
                    "--tenure.collector.disk-reserve=1MB",
                    "--tenure.clients.profile-service=static://127.0.0.1:1",
                    "--tenure.clickhouse.url=http://127.0.0.1:1",
                    "--tenure.redis.url=redis://127.0.0.1:1",
                    "--tenure.collector.canary.interval=10ms",
                    "--tenure.collector.canary.patience=10ms");
        HttpClient http = HttpClient.newHttpClient()) {
      String url =
          "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
      String record =
          "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d}"
              .formatted(Instant.now().toEpochMilli());

      HttpResponse<String> taken =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/sa"))
                  .header("Tenure-Project", "bank")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .timeout(Duration.ofSeconds(30))
                  .POST(HttpRequest.BodyPublishers.ofString(SensorsForms.packed(record)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> ready =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/actuator/health/readiness")).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(taken.statusCode()).isEqualTo(200);
      assertThat(ready.statusCode()).isEqualTo(200);
      Canary canary = application.getBean(Canary.class);
      while (canary.state().runs() < 2) {
        Thread.sleep(Duration.ofMillis(20));
      }
      assertThat(canary.state().history())
          .allSatisfy(run -> assertThat(run.result()).isEqualTo(Result.NOT_FOUND));
      assertThat(canary.state().lastSuccessTime()).isNull();
    }
  }
}
