package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The SDKs as published, each read back through the query API, exactly once. */
final class PublishedClientsTest {

  private static final int COUNT = 20;

  private final TestPlatform platform = TestPlatform.running();

  @Test
  void storesWhatTheSensorsJavaSdkSends() throws Exception {
    runJava("SensorsClient", sensorsUrl(), "java-device", "java-user", Integer.toString(COUNT));

    List<JsonNode> events = events("java-user", "JavaTransfer");

    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(expectedIndexes());
    assertThat(events.getFirst().path("properties").path("note").stringValue())
        .isEqualTo("工资 payday");
    JsonNode profile = profile("java-user");
    assertThat(profile.path("traits").path("city").stringValue()).isEqualTo("上海");
    assertThat(profile.path("traits").path("logins").intValue()).isEqualTo(7);
    assertThat(profile.path("anonymous_ids").get(0).stringValue()).isEqualTo("java-device");
  }

  @Test
  void storesWhatTheSensorsNodeSdkSends() throws Exception {
    runNode("sensors.mjs", sensorsUrl(), "node-user", Integer.toString(COUNT));

    List<JsonNode> events = events("node-user", "NodeTransfer");

    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(expectedIndexes());
    assertThat(profile("node-user").path("traits").path("tier").stringValue()).isEqualTo("gold");
  }

  @Test
  void storesWhatTheSegmentJavaSdkSends() throws Exception {
    runJava(
        "SegmentClient",
        platform.installation().gateway().toString(),
        platform.writeKey(),
        "segment-java-user",
        Integer.toString(COUNT));

    List<JsonNode> events = events("segment-java-user", "Java Transfer");

    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(expectedIndexes());
    assertThat(profile("segment-java-user").path("traits").path("city").stringValue())
        .isEqualTo("广州");
  }

  @Test
  void storesWhatTheSegmentNodeSdkSends() throws Exception {
    runNode(
        "segment.mjs",
        platform.installation().gateway().toString(),
        platform.writeKey(),
        "segment-node-user",
        Integer.toString(COUNT));

    List<JsonNode> events = events("segment-node-user", "Segment Transfer");

    assertThat(indexes(events)).containsExactlyInAnyOrderElementsOf(expectedIndexes());
    assertThat(profile("segment-node-user").path("anonymous_ids").get(0).stringValue())
        .isEqualTo("segment-node-user-device");
  }

  private String sensorsUrl() {
    return platform.url("/sa?project=default&token=" + platform.writeKey());
  }

  private List<JsonNode> events(String user, String name) {
    String path =
        "/api/v1/events?page_size=1000&user=" + user + "&name=" + name.replace(" ", "%20");
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(Api.ApiException.class)
        .until(() -> platform.api().get(path).path("events").size() >= COUNT);
    List<JsonNode> events = new ArrayList<>();
    platform.api().get(path).path("events").forEach(events::add);
    return events;
  }

  private JsonNode profile(String id) {
    return platform.api().get("/api/v1/profiles/" + id).path("profile");
  }

  private static List<Integer> indexes(List<JsonNode> events) {
    return events.stream().map(event -> event.path("properties").path("index").intValue()).toList();
  }

  private static List<Integer> expectedIndexes() {
    return java.util.stream.IntStream.range(0, COUNT).boxed().toList();
  }

  private static void runNode(String script, String... arguments)
      throws IOException, InterruptedException {
    run(home().resolve("standalone/src/test/node"), List.of("node", script), arguments);
  }

  private static void runJava(String client, String... arguments)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path clients = home().resolve("standalone/clients/target");
    run(
        clients,
        List.of(
            java, "-cp", "classes" + File.pathSeparator + "lib/*", "io.tenure.clients." + client),
        arguments);
  }

  private static void run(Path directory, List<String> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Path home() {
    return Path.of(System.getProperty("tenure.home")).toAbsolutePath().normalize();
  }
}
