package io.tenure.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tenure.collector.api.SensorsForms;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.CollectorServiceGrpc;
import io.tenure.proto.event.v1.CollectorServiceGrpc.CollectorServiceBlockingStub;
import io.tenure.proto.event.v1.GetLedgerRequest;
import io.tenure.proto.event.v1.Ledger;
import io.tenure.proto.event.v1.ListQuarantineRequest;
import io.tenure.proto.event.v1.ListQuarantineResponse;
import io.tenure.proto.event.v1.QuarantineServiceGrpc;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service, spoken to as the SDKs and the gateway do. */
final class CollectorApplicationTest {

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  @BeforeAll
  static void start() {
    collector =
        new CollectorFixture(
            directory, "--tenure.collector.sensors-paths=/bank/events/sa,/collect");
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  @Test
  void answersSensorsWithAnEmptyBody() throws Exception {
    String form = SensorsForms.packed(sensorsRecord("sensors-ok", "A"));

    HttpResponse<String> response = post("/sa?project=default", "sensors-ok", form);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("0");
    assertThat(drained("sensors-ok").getStored()).isEqualTo(1);
  }

  @Test
  void takesBeaconsByGetAndPost() throws Exception {
    HttpResponse<String> get =
        send(
            request(
                    "/sa.gif?project=default&" + SensorsForms.plain(sensorsRecord("beacons", "A")),
                    "beacons")
                .GET());
    HttpResponse<String> post =
        send(
            request("/sa.gif", "beacons")
                .header("Content-Type", "text/plain")
                .POST(body(SensorsForms.plain(sensorsRecord("beacons", "B")))));

    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(post.statusCode()).isEqualTo(200);
    assertThat(drained("beacons").getStored()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bank/events/sa",
        "/bank/events/sa/",
        "/bank/events/sa.gif",
        "/collect",
        "/sa.gif"
      })
  void takesRecordsAtTheAppsOwnPaths(String path) throws Exception {
    String project = "paths-" + Math.abs(path.hashCode());

    HttpResponse<String> post =
        post(path, project, SensorsForms.plain(sensorsRecord("u", "A")) + "&instant_event=true");
    HttpResponse<String> get =
        send(request(path + "?ext=crc%3D0,instant_evnet%3Dtrue&sink_name=mirror", project).GET());
    HttpResponse<String> image =
        send(request(path + "?" + beacon(sensorsRecord("u", "B")), project).GET());

    assertThat(post.statusCode()).isEqualTo(200);
    assertThat(post.body()).isEmpty();
    assertThat(get.statusCode()).isEqualTo(400);
    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(drained(project).getStored()).isEqualTo(2);
  }

  /** As the web SDK: with its checksum and its misspelt word in one field. */
  private static String beacon(String record) {
    String data = SensorsForms.plain(record);
    String base64 = URLDecoder.decode(data.substring("data_list=".length()), UTF_8);
    return "data="
        + data.substring("data_list=".length())
        + "&ext=crc%3D"
        + base64.hashCode()
        + "%2Cinstant_evnet%3Dtrue&_nocache=1";
  }

  @Test
  void takesABeaconOfSixtyKilobytes() throws Exception {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{%s}}"
            .formatted(
                Instant.now().toEpochMilli(),
                IntStream.range(0, 6)
                    .mapToObj(i -> "\"p%d\":\"%s\"".formatted(i, "x".repeat(5_000)))
                    .collect(Collectors.joining(",")));
    String query = SensorsForms.plain(record) + "&padding=" + "x".repeat(20_000);
    assertThat(query.length()).isGreaterThan(60_000);

    HttpResponse<String> response = send(request("/sa.gif?" + query, "large-beacon").GET());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(drained("large-beacon").getStored()).isEqualTo(1);
  }

  @Test
  void explainsWithoutStoringInADryRun() throws Exception {
    String good = sensorsRecord("u", "A");
    String bad = "{\"type\":\"track\",\"event\":\"A b\",\"distinct_id\":\"u\",\"time\":1}";

    HttpResponse<String> right = debug("true", SensorsForms.packed("[" + good + "]"));
    HttpResponse<String> wrong = debug("true", SensorsForms.packed("[" + good + "," + bad + "]"));
    HttpResponse<String> unreadable = debug("true", "data_list=%%");

    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(right.body()).isEmpty();
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(wrong.body())
        .startsWith("Record 2: EVENT_NAME_INVALID: The event name must have 1 to 100");
    assertThat(unreadable.statusCode()).isEqualTo(400);
    assertThat(unreadable.body()).startsWith("The body: MALFORMED_BODY: ");
    assertThat(ledger("dry").getReceived()).isZero();
  }

  @Test
  void explainsAndStoresOutsideOfADryRun() throws Exception {
    String good = sensorsRecord("u", "A");
    String body = SensorsForms.packed("[" + good + ",{\"type\":\"nonsense\"}]");

    HttpResponse<String> response = send(request("/debug?project=default", "wet").POST(body(body)));
    HttpResponse<String> again =
        send(request("/debug", "wet").header("Dry-Run", "false").POST(body(body)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("Record 2: TYPE_UNKNOWN: Unknown 'type'\n");
    assertThat(again.body()).isEqualTo(response.body());
    Ledger ledger = drained("wet");
    assertThat(ledger.getStored()).isEqualTo(1);
    assertThat(ledger.getQuarantined()).isEqualTo(1);
    assertThat(ledger.getDuplicate()).isEqualTo(2);
  }

  /** The web SDK asks by GET and takes anything but an empty object for an error. */
  @ParameterizedTest
  @ValueSource(strings = {"/debug", "/bank/events/debug", "/collect"})
  void answersTheWebSdkWithAnEmptyObject(String path) throws Exception {
    String project = "web-" + Math.abs(path.hashCode());
    HttpResponse<String> right =
        send(
            request(path + "?" + beacon(sensorsRecord("u", "A")), project)
                .header("Dry-Run", "true")
                .GET());
    HttpResponse<String> wrong =
        send(
            request(path + "?" + beacon("{\"type\":\"nonsense\"}"), project)
                .header("Dry-Run", "true")
                .GET());

    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(right.body()).isEqualTo("{}");
    assertThat(wrong.statusCode()).isEqualTo(200);
    assertThat(wrong.body())
        .startsWith("{\"errors\":[{")
        .contains("\"record\":1")
        .contains("\"reason\":\"TYPE_UNKNOWN\"")
        .contains("\"detail\":\"Unknown 'type'\"");
    assertThat(ledger(project).getReceived()).isZero();
  }

  @Test
  void keepsRecordsOfOneRequestInSeveralProjects() throws Exception {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"u\",\"time\":%d,\"project\":\"%s\"}";
    long now = Instant.now().toEpochMilli();
    String body =
        "["
            + record.formatted(now, "")
            + ","
            + record.formatted(now, "many-b")
            + ","
            + record.formatted(now, "many-c")
            + "]";

    HttpResponse<String> response =
        send(
            request("/sa", "many-a")
                .header("Tenure-Other-Projects", "many-b")
                .POST(body(SensorsForms.packed(body))));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(drained("many-a").getStored()).isEqualTo(1);
    assertThat(drained("many-b").getStored()).isEqualTo(1);
    assertThat(ledger("many-a").getQuarantineReasonsMap())
        .isEqualTo(Map.of("PROJECT_MISMATCH", 1L));
    assertThat(ledger("many-b").getReceived()).isEqualTo(1);
    assertThat(ledger("many-c").getReceived()).isZero();
  }

  @Test
  void letsWebPagesDebug() throws Exception {
    HttpResponse<String> preflight =
        send(
            HttpRequest.newBuilder(collector.url("/debug"))
                .header("Origin", "https://bank.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "dry-run")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://bank.example");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers")).contains("dry-run");
  }

  private static HttpResponse<String> debug(String dryRun, String form)
      throws IOException, InterruptedException {
    return send(request("/debug", "dry").header("Dry-Run", dryRun).POST(body(form)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/"})
  void answersSegmentBatchesWithJson(String path) throws Exception {
    HttpResponse<String> response =
        post(
            path,
            "segment-ok",
            "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\"}]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"success\":true}");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"track", "identify", "page", "screen", "group", "alias", "track/"})
  void takesSingleSegmentCalls(String path) throws Exception {
    HttpResponse<String> response =
        post(
            "/v1/" + path,
            "segment-single",
            "{\"userId\":\"u\",\"previousId\":\"p\",\"event\":\"A\",\"groupId\":\"g\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(ledger("segment-single").getQuarantined()).isZero();
  }

  @Test
  void unpacksGzippedBodies() throws Exception {
    byte[] packed =
        SensorsForms.gzip(
            "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\"}]}".getBytes(UTF_8));

    HttpResponse<String> response =
        send(
            request("/v1/batch", "gzipped")
                .header("Content-Encoding", "gzip")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed)));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(drained("gzipped").getStored()).isEqualTo(1);
  }

  @Test
  void keepsABalancedLedger() throws Exception {
    String good = sensorsRecord("balance", "A");
    String profile =
        "{\"type\":\"profile_set\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{\"city\":\"Brno\"}}"
            .formatted(Instant.now().toEpochMilli());
    String body = SensorsForms.packed("[" + good + "," + profile + ",{\"type\":\"?\"}]");
    post("/sa", "balance", body);
    post("/sa", "balance", body);
    post("/sa", "balance", "data=%%");
    post("/v1/batch", "balance", "x".repeat(2 << 20));

    Ledger ledger = drained("balance");

    assertThat(ledger.getReceived()).isEqualTo(8);
    assertThat(ledger.getAccepted()).isEqualTo(2);
    assertThat(ledger.getDuplicate()).isEqualTo(3);
    assertThat(ledger.getQuarantined()).isEqualTo(2);
    assertThat(ledger.getRefused()).isEqualTo(1);
    assertThat(ledger.getStored()).isEqualTo(1);
    assertThat(ledger.getApplied()).isEqualTo(1);
    assertThat(ledger.getQuarantineReasonsMap())
        .isEqualTo(Map.of("TYPE_UNKNOWN", 1L, "MALFORMED_BODY", 1L));
    assertThat(ledger.getRefuseReasonsMap()).isEqualTo(Map.of("BODY_TOO_LARGE", 1L));
    assertThat(collector.profiles().applied())
        .anySatisfy(record -> assertThat(record.getProjectId()).isEqualTo("balance"));
  }

  @Test
  void answersAMalformedBodyWithAProblem() throws Exception {
    for (String path : new String[] {"/sa", "/v1/batch"}) {
      HttpResponse<String> response = post(path, "malformed", "{\"batch\":[{]}");

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(response.body()).contains("\"status\":400");
    }
  }

  @Test
  void refusesALargeBodyWithoutHoldingIt() throws Exception {
    byte[] large = new byte[20 << 20];
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> response =
          send(request("/sa", "large").POST(HttpRequest.BodyPublishers.ofByteArray(large)));

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
    }
    byte[] bomb = SensorsForms.gzip(large);
    HttpResponse<String> response =
        send(
            request("/v1/batch", "large")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb)));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(ledger("large").getRefused()).isEqualTo(6);
  }

  @Test
  void answersUnknownPathsAndMissingProjectsWithProblems() throws Exception {
    HttpResponse<String> unknown = post("/nowhere", "bank", "");
    HttpResponse<String> nobody =
        send(HttpRequest.newBuilder(collector.url("/sa")).POST(body("data=x")));

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(nobody.statusCode()).isEqualTo(401);
  }

  @Test
  void letsWebPagesIn() throws Exception {
    HttpResponse<String> preflight =
        send(
            HttpRequest.newBuilder(collector.url("/v1/batch"))
                .header("Origin", "https://bank.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://bank.example");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
  }

  @Test
  void listsQuarantinedRecordsToReadersOnly() throws Exception {
    for (int i = 0; i < 3; i++) {
      post("/sa", "aside", SensorsForms.packed("{\"type\":\"bad-" + i + "\"}"));
    }
    awaitQuarantined("aside", 3);

    ListQuarantineResponse first = list("aside", Caller.Role.ANALYST, "");
    ListQuarantineResponse second = list("aside", Caller.Role.EDITOR, first.getNextPageToken());

    assertThat(first.getRecordsList()).hasSize(2);
    assertThat(second.getRecordsList()).hasSize(1);
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(first.getRecords(0).getReason()).isEqualTo("TYPE_UNKNOWN");
    assertThat(first.getRecords(0).getOriginal().isEmpty()).isTrue();
    assertThat(first.getRecords(0).getMasked()).isEqualTo("{\"type\":\"text≤8\"}");
    assertThat(second.getRecords(0).getOriginal().toStringUtf8()).contains("bad-");
    assertThatThrownBy(() -> list("aside", Caller.Role.WRITER, ""))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
  }

  @Test
  void isReadyAndShowsItsMeters() throws Exception {
    post("/sa", "meters", SensorsForms.packed(sensorsRecord("meters", "A")));

    assertThat(get("/actuator/health/readiness")).contains("UP");
    assertThat(get("/actuator/prometheus"))
        .contains("tenure_collector_records_total")
        .contains("tenure_collector_relay_lag");
  }

  private static String sensorsRecord(String user, String event) {
    return "{\"type\":\"track\",\"event\":\"%s\",\"distinct_id\":\"%s\",\"time\":%d,\"properties\":{}}"
        .formatted(event, user, Instant.now().toEpochMilli());
  }

  private static Ledger drained(String project) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      Ledger ledger = ledger(project);
      if (ledger.getAccepted() > 0 && ledger.getWaiting() == 0) {
        assertThat(ledger.getAccepted()).isEqualTo(ledger.getStored() + ledger.getApplied());
        return ledger;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("The relay did not deliver: " + ledger(project));
  }

  private static void awaitQuarantined(String project, int count) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      ListQuarantineRequest all = ListQuarantineRequest.getDefaultInstance();
      if (list(project, Caller.Role.ANALYST, all).getRecordsCount() == count) {
        return;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("The relay did not deliver");
  }

  private static ListQuarantineResponse list(String project, Caller.Role role, String token) {
    ListQuarantineRequest request =
        ListQuarantineRequest.newBuilder().setPageSize(2).setPageToken(token).build();
    return list(project, role, request);
  }

  private static ListQuarantineResponse list(
      String project, Caller.Role role, ListQuarantineRequest request) {
    Caller caller = new Caller(new ProjectId(project), "person:test", role);
    return CallerContext.as(
        caller,
        () -> QuarantineServiceGrpc.newBlockingStub(collector.channel()).listQuarantine(request));
  }

  private static Ledger ledger(String project) {
    return as(
        project,
        Caller.Role.ANALYST,
        stub -> stub.getLedger(GetLedgerRequest.getDefaultInstance()).getLedger());
  }

  private interface Call<T> {
    T with(CollectorServiceBlockingStub stub);
  }

  private static <T> T as(String project, Caller.Role role, Call<T> call) {
    Caller caller = new Caller(new ProjectId(project), "person:test", role);
    return CallerContext.as(
        caller, () -> call.with(CollectorServiceGrpc.newBlockingStub(collector.channel())));
  }

  private static HttpResponse<String> post(String path, String project, String body)
      throws IOException, InterruptedException {
    return send(request(path, project).POST(body(body)));
  }

  private static String get(String path) throws IOException, InterruptedException {
    return send(collector.to(path, "none").GET()).body();
  }

  private static HttpRequest.Builder request(String path, String project) {
    return collector.to(path, project);
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return collector.send(request);
  }
}
