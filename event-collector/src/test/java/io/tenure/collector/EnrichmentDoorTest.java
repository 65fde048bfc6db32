package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.api.SensorsForms;
import io.tenure.collector.store.enrichment.MaxMindFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running collector adds to events, read back from their table. */
final class EnrichmentDoorTest {

  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/126.0.0.0 Safari/537.36";

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  @BeforeAll
  static void start() throws Exception {
    collector =
        new CollectorFixture(
            directory.resolve("data"),
            "--tenure.collector.enrichment.ip-database=" + database(),
            "--tenure.collector.enrichment.refresh=50ms");
    new MaxMindFile()
        .with(
            "203.0.113.0/24",
            MaxMindFile.place("中国", "China", "广东", "Guangdong", "深圳市", "Shenzhen"))
        .with("2001:db8::/32", MaxMindFile.place("", "Czechia"))
        .write(database());
    awaitPlaces();
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  private static Path database() {
    return directory.resolve("city.mmdb");
  }

  @Test
  void addsDeviceAndPlaceToPages() throws Exception {
    send("page", "203.0.113.77", CHROME, record("js", "{\"fund\":\"F1\",\"$os\":\"mine\"}"));

    assertThat(stored("page"))
        .containsAllEntriesOf(
            Map.of(
                "fund", "F1",
                "$os", "mine",
                "$browser", "Chrome",
                "$browser_version", "126.0.0",
                "$device_type", "desktop",
                "$country", "中国",
                "$province", "广东",
                "$city", "深圳市",
                "$ip", "203.0.113.0"))
        .doesNotContainKeys("$os_version", "$is_bot");
  }

  @Test
  void addsThePlaceToAppsWithAddressesOfTheNewKind() throws Exception {
    send("app", "2001:db8:1:2::3", "SensorsAnalytics iOS SDK", record("iOS", "{}"));

    assertThat(stored("app")).isEqualTo(Map.of("$country", "Czechia", "$ip", "2001:db8:1::"));
  }

  @Test
  void marksBotsWithAValueOfTheirType() throws Exception {
    send(
        "bot",
        "127.0.0.1",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        record("js", "{}"));

    assertThat(stored("bot")).containsEntry("$is_bot", "true").doesNotContainKey("$ip");
  }

  @Test
  void addsNothingToWhatServersSend() throws Exception {
    send("server", "203.0.113.77", "SensorsAnalytics Java SDK 3.4", record("Java", "{}"));
    assertThat(stored("server")).isEmpty();
  }

  @Test
  void knowsARecordThatComesAgainFromElsewhere() throws Exception {
    String record = record("js", "{}");
    send("again", "203.0.113.77", CHROME, record);
    send("again", "2001:db8::1", "Mozilla/5.0 (iPhone)", record);

    assertThat(collector.ledger("again").getAccepted()).isEqualTo(1);
    assertThat(collector.ledger("again").getDuplicate()).isEqualTo(1);
    assertThat(stored("again")).containsEntry("$country", "中国");
  }

  /** The file is put there after the start. */
  private static void awaitPlaces() throws Exception {
    for (int i = 0; i < 200; i++) {
      String project = "wait" + i;
      send(project, "203.0.113.77", CHROME, record("js", "{}"));
      if (stored(project).containsKey("$country")) {
        return;
      }
    }
    throw new AssertionError("The file was not taken up");
  }

  private static String record(String library, String properties) {
    return "{\"type\":\"track\",\"event\":\"Buy\",\"distinct_id\":\"d\",\"time\":%d,\"_track_id\":7,\"lib\":{\"$lib\":\"%s\"},\"properties\":%s}"
        .formatted(Instant.now().toEpochMilli(), library, properties);
  }

  private static void send(String project, String address, String agent, String record)
      throws Exception {
    HttpResponse<String> reply =
        collector.send(
            collector
                .to("/sa", project)
                .header("X-Forwarded-For", address)
                .header("User-Agent", agent)
                .POST(BodyPublishers.ofString(SensorsForms.plain(record))));
    assertThat(reply.statusCode()).isEqualTo(200);
  }

  /** Properties of the project's only event. */
  private static Map<String, String> stored(String project) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      List<Map<String, String>> rows = collector.properties(project);
      if (!rows.isEmpty()) {
        assertThat(rows).hasSize(1);
        return rows.getFirst();
      }
      Thread.sleep(Duration.ofMillis(20));
    }
    throw new AssertionError("The relay did not deliver");
  }
}
