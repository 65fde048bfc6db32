package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.embedded.clickhouse.EmbeddedClickHouseMain;
import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.embedded.redis.EmbeddedRedisOptions;
import io.tenure.platform.json.Json;
import io.tenure.standalone.Api;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What is tested: the platform in a process of its own, ClickHouse in another, Redis in a third,
 * and a network that can be bad between clients and platform, platform and ClickHouse, platform and
 * Redis.
 */
final class Subject implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String USER = "tenure";
  private static final String PASSWORD = "fault-password";

  private final Path data;
  private final Secrets secrets;
  private final SmallDisk disk;
  private final int clickHousePort = freePort();
  private final int redisPort = freePort();
  private final int gatewayPort = freePort();
  private final FaultProxy clickHouseNetwork = new FaultProxy(clickHousePort);
  private final FaultProxy clientNetwork = new FaultProxy(gatewayPort);
  private final FaultProxy redisNetwork;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private EmbeddedRedis redis;
  private JavaProcess clickHouse;
  private JavaProcess platform;

  Subject(Path data) throws IOException, InterruptedException {
    this.data = data;
    this.disk = SmallDisk.at(data.resolve("log"));
    this.redis = launchRedis();
    this.redisNetwork = new FaultProxy(redisPort);
    this.clickHouse = launchClickHouse();
    awaitClickHouse();
    this.platform = launchPlatform();
    await().atMost(PATIENCE).until(() -> Secrets.existIn(data));
    this.secrets = Secrets.in(data, "default", new NoKeys());
    awaitHealthy();
  }

  /** The platform has made its keys already. */
  private static final class NoKeys implements Secrets.KeyTexts {

    @Override
    public String writeKey() {
      throw new IllegalStateException("The platform makes its own keys");
    }

    @Override
    public String secretKey() {
      return writeKey();
    }
  }

  String writeKey() {
    return secrets.writeKey();
  }

  String secretKey() {
    return secrets.secretKey();
  }

  /** A profile with its activity, as services see it. */
  JsonNode profile(String id) {
    try (Api api = api()) {
      return api.get("/api/v1/profiles/" + id + "?view=PROFILE_VIEW_FULL").path("profile");
    }
  }

  /**
   * A project besides the one there is.
   *
   * @param secretKey of a server of its own
   */
  record Project(String id, String writeKey, String secretKey) {}

  /** Makes a project with an identity plan. */
  Project project(IdentityTruth.Plan plan) throws IOException, InterruptedException {
    String id = plan.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (Api api = api()) {
      JsonNode made =
          api.post("/api/v1/projects", Json.write(Map.of("id", id, "display_name", id)));
      String session =
          api.post(
                  "/api/v1/sessions",
                  Json.write(
                      Map.of("username", secrets.username(), "password", secrets.password())))
              .path("session_token")
              .stringValue();
      HttpResponse<String> chosen =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + gatewayPort + "/api/v1/identity-plan"))
                  .timeout(Duration.ofMinutes(2))
                  .header("Authorization", "Bearer " + session)
                  .header("Tenure-Project-Id", id)
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString(plan.json()))
                  .build(),
              BodyHandlers.ofString());
      assertThat(chosen.statusCode()).describedAs(chosen.body()).isEqualTo(200);
      return new Project(
          id, made.path("write_key").stringValue(), made.path("secret_key").stringValue());
    }
  }

  /** The number of the user who has an id. */
  long userNumber(Project project, String id) {
    try (Api api = new Api(URI.create("http://127.0.0.1:" + gatewayPort), project.secretKey())) {
      return api.get("/api/v1/profiles/" + id).path("profile").path("user_number").asLong();
    }
  }

  FaultProxy clickHouseNetwork() {
    return clickHouseNetwork;
  }

  FaultProxy redisNetwork() {
    return redisNetwork;
  }

  FaultProxy clientNetwork() {
    return clientNetwork;
  }

  SmallDisk disk() {
    return disk;
  }

  /** Where clients send to: through the network that can be bad. */
  URI door() {
    return URI.create("http://127.0.0.1:" + clientNetwork.port());
  }

  void killPlatform() throws InterruptedException {
    platform.kill();
  }

  void restartPlatform() throws IOException {
    platform = launchPlatform();
  }

  /** What had not reached the append-only file is gone: up to a second of writes. */
  void killRedis() throws Exception {
    ProcessHandle process = ProcessHandle.of(redis.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get();
  }

  /** Everything else is gone as well. */
  void forgetRedis() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("redis"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  void restartRedis() {
    redis = launchRedis();
  }

  void killClickHouse() throws InterruptedException {
    clickHouse.kill();
  }

  void restartClickHouse() throws IOException {
    clickHouse = launchClickHouse();
    awaitClickHouse();
  }

  void awaitHealthy() {
    try (Api api = api()) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                assertThat(platform.isAlive()).describedAs("the platform runs").isTrue();
                return api.healthy();
              });
    }
  }

  /** The collector's own books, once nothing waits any more. */
  JsonNode settledLedger() {
    try (Api api = api()) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .ignoreExceptions()
          .until(
              () -> {
                JsonNode ledger = ledger(api);
                return number(ledger, "waiting") == 0
                    && number(ledger, "accepted")
                        == number(ledger, "stored")
                            + number(ledger, "applied")
                            + number(ledger, "withheld");
              });
      return ledger(api);
    }
  }

  /** Asks ClickHouse itself, past the platform and the bad network. */
  List<JsonNode> rows(String sql) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + clickHousePort + "/?database=tenure"))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Basic " + base64(USER + ":" + PASSWORD))
                .POST(BodyPublishers.ofString(sql + " FORMAT JSONEachRow"))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    return response.body().lines().map(Json::read).toList();
  }

  /** A count in the ledger; zero is left out of it. */
  static long number(JsonNode ledger, String name) {
    return Long.parseLong(ledger.path(name).asString("0"));
  }

  private static JsonNode ledger(Api api) {
    return api.get("/api/v1/ledger").path("ledger");
  }

  private Api api() {
    return new Api(URI.create("http://127.0.0.1:" + gatewayPort), secrets.secretKey());
  }

  private EmbeddedRedis launchRedis() {
    return EmbeddedRedis.start(
        EmbeddedRedisOptions.at(data.resolve("redis"))
            .withPort(redisPort)
            .withPassword(PASSWORD)
            .withCloseOnExit(false));
  }

  private JavaProcess launchClickHouse() throws IOException {
    return JavaProcess.start(
        EmbeddedClickHouseMain.class.getName(),
        "256m",
        data.resolve("clickhouse.out"),
        Map.of("TENURE_CLICKHOUSE_PASSWORD", PASSWORD),
        "--path",
        data.resolve("clickhouse").toString(),
        "--port",
        Integer.toString(clickHousePort),
        "--user",
        USER);
  }

  private void awaitClickHouse() {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> status("/ping") == 200);
  }

  private int status(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + clickHousePort + path))
                .timeout(Duration.ofSeconds(5))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private JavaProcess launchPlatform() throws IOException {
    return JavaProcess.start(
        "io.tenure.standalone.Tenure",
        "512m",
        data.resolve("platform.out"),
        Map.of(
            "TENURE_CLICKHOUSE_URL",
            "http://127.0.0.1:" + clickHouseNetwork.port(),
            "TENURE_CLICKHOUSE_USERNAME",
            USER,
            "TENURE_CLICKHOUSE_PASSWORD",
            PASSWORD,
            "TENURE_CLICKHOUSE_QUERYTIMEOUT",
            "10s",
            "TENURE_REDIS_URL",
            "redis://:" + PASSWORD + "@127.0.0.1:" + redisNetwork.port(),
            "TENURE_COLLECTOR_DISKRESERVE",
            "16MB",
            "TENURE_COLLECTOR_RELAY_LONGESTPAUSE",
            "2s"),
        "start",
        "--port",
        Integer.toString(gatewayPort),
        "--data",
        data.toString());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    http.close();
    platform.close();
    clickHouse.close();
    redis.close();
    clientNetwork.close();
    clickHouseNetwork.close();
    redisNetwork.close();
    disk.close();
  }
}
