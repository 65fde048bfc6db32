package io.tenure.platform.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The protocol itself, as a client without a driver sees it, and the limits of a door with two
 * connections and one place to wait.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HttpDoorTest {

  private static final String ENDLESS =
      "SELECT sum(cityHash64(number)) FROM numbers(1000000000000)";

  @TempDir static Path directory;
  private static EmbeddedClickHouse server;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    server =
        EmbeddedClickHouse.start(
            EmbeddedClickHouseOptions.at(directory)
                .withCredentials("tenure", "secret")
                .withConcurrency(2, 1, Duration.ofSeconds(20)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLeftRunning() throws Exception {
    awaitIdle();
  }

  @Test
  void pingNeedsNoCredentials() throws Exception {
    HttpResponse<String> ping =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/ping")).build(),
            BodyHandlers.ofString());
    assertThat(ping.statusCode()).isEqualTo(200);
    assertThat(ping.body()).isEqualTo("Ok.\n");
    HttpResponse<String> head =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/")).HEAD().build(),
            BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(
            HTTP.send(
                    HttpRequest.newBuilder(URI.create(server.url() + "/play")).build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void credentialsAreTakenFromEveryPlace() throws Exception {
    String basic =
        "Basic "
            + Base64.getEncoder().encodeToString("tenure:secret".getBytes(StandardCharsets.UTF_8));
    assertThat(post("?", "SELECT 1", "Authorization", basic).statusCode()).isEqualTo(200);
    assertThat(
            post("?", "SELECT 1", "X-ClickHouse-User", "tenure", "X-ClickHouse-Key", "secret")
                .statusCode())
        .isEqualTo(200);
    assertThat(post("?user=tenure&password=secret", "SELECT 1", "X-Nothing", "1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void strangersAreRefused() throws Exception {
    for (String query :
        new String[] {
          "?", "?user=tenure", "?user=tenure&password=Secret", "?user=default&password=secret"
        }) {
      HttpResponse<String> response = post(query, "SELECT 1", "X-Nothing", "1");
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).contains("516");
      assertThat(response.body()).startsWith("Code: 516. DB::Exception:");
    }
  }

  @Test
  void sessionsAndRolesAreRefusedInWords() throws Exception {
    assertThat(ask("session_id=x", "SELECT 1").body()).contains("Code: 48").contains("session_id");
    assertThat(ask("role=admin", "SELECT 1").statusCode()).isEqualTo(501);
  }

  @Test
  void errorsHaveTheServersStatusAndCode() throws Exception {
    assertError(ask("", "SELECT * FROM nowhere"), 404, 60);
    assertError(ask("", "SELEC 1"), 400, 62);
    assertError(ask("", "SELECT 1; DROP TABLE x"), 400, 62);
    assertError(ask("no_such_setting=1", "SELECT 1"), 404, 115);
    assertError(ask("database=nowhere", "SELECT 1"), 404, 81);
    assertError(ask("", "SELECT {x:UInt8}"), 400, 456);
    assertError(ask("max_execution_time=1", ENDLESS), 408, 159);
    assertError(ask("", ""), 400, 62);
    assertError(ask("a%20b=1", "SELECT 1"), 400, 36);
  }

  @Test
  void aUrlThatCannotBeReadIsRefused() throws Exception {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write("GET /?query=%zz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("Code: 36");
    }
  }

  @Test
  void aGetOnlyReads() throws Exception {
    HttpResponse<String> read = get("query=" + encoded("SELECT 1 + {x:UInt8}") + "&param_x=41");
    assertThat(read.body()).isEqualTo("42\n");
    assertError(get("query=" + encoded("CREATE TABLE t (a UInt8) ENGINE = Memory")), 403, 164);
  }

  @Test
  void aStatementMayBeginInTheUrlAndGoOnInTheBody() throws Exception {
    assertThat(ask("query=" + encoded("SELECT 40 +"), " 2 AS answer").body()).isEqualTo("42\n");
  }

  @Test
  void rowsMayComeInAnyOfTheServersWays() throws Exception {
    run("CREATE TABLE ways (id UInt64, text String DEFAULT '-') ENGINE = MergeTree ORDER BY id");
    assertThat(
            ask(
                    "query=" + encoded("INSERT INTO ways FORMAT JSONEachRow"),
                    "{\"id\":1,\"text\":\"体\"}")
                .statusCode())
        .isEqualTo(200);
    run("INSERT INTO ways FORMAT TabSeparated\n2\tSELECT\n");
    run("INSERT INTO ways (id, text) VALUES (3, 'it''s'), (4, lower('FORMAT'));");
    run("INSERT INTO ways (id) SETTINGS async_insert = 0 FORMAT CSV\r\n5\n");
    run("INSERT INTO ways SELECT number + 6, 'selected' FROM numbers(2)");
    run("/* FORMAT CSV */ INSERT INTO ways -- VALUES\n (id, text) VALUES (8, '(')");
    assertThat(ask("query=" + encoded("INSERT INTO ways (id) VALUES"), "(9)").statusCode())
        .isEqualTo(200);
    assertThat(
            ask("", "SELECT groupArray((id, text)) FROM (SELECT * FROM ways ORDER BY id)")
                .body()
                .strip())
        .isEqualTo(
            "[(1,'体'),(2,'SELECT'),(3,'it\\'s'),(4,'format'),(5,'-'),(6,'selected'),(7,'selected'),(8,'('),(9,'-')]");
    HttpResponse<String> last = ask("", "INSERT INTO ways (id) VALUES (10), (11)");
    assertThat(last.headers().firstValue("X-ClickHouse-Summary").orElse(""))
        .contains("\"written_rows\":\"2\"");
  }

  @Test
  void theFormatInTheTextWinsAndIsNamed() throws Exception {
    HttpResponse<String> response =
        ask(
            "default_format=JSON",
            "SELECT 1 AS format FORMAT CSVWithNames SETTINGS max_threads = 1");
    assertThat(response.body()).isEqualTo("\"format\"\n1\n");
    assertThat(response.headers().firstValue("X-ClickHouse-Format")).contains("CSVWithNames");
    assertThat(ask("default_format=JSONEachRow", "SHOW DATABASES LIKE 'def%'").body())
        .isEqualTo("{\"name\":\"default\"}\n");
  }

  @Test
  void theQueryIdComesBack() throws Exception {
    String id = UUID.randomUUID().toString();
    HttpResponse<String> response = ask("query_id=" + id, "SELECT 1");
    assertThat(response.headers().firstValue("X-ClickHouse-Query-Id")).contains(id);
    assertThat(response.headers().firstValue("X-ClickHouse-Timezone")).isPresent();
  }

  @Test
  void acknowledgedMeansStored() throws Exception {
    assertThat(ask("", "SELECT getSetting('async_insert')").body()).isEqualTo("false\n");
  }

  @Test
  void temporaryTablesDoNotOutliveTheirStatement() throws Exception {
    run("CREATE TEMPORARY TABLE passing (a UInt8) ENGINE = Memory");
    for (int i = 0; i < 5; i++) {
      assertError(ask("", "SELECT * FROM passing"), 404, 60);
    }
  }

  @Test
  void aReadOnlyRequestDoesNotMakeTheNextOneReadOnly() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(ask("readonly=1", "SELECT 1").statusCode()).isEqualTo(200);
    }
    run("CREATE TABLE IF NOT EXISTS writable (a UInt8) ENGINE = Memory");
  }

  @Test
  void oneConnectionServesManyRequests() throws Exception {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < 3; i++) {
        out.write(request("SELECT " + i));
      }
      String answers = readUntil(socket.getInputStream(), "\r\n\r\n2\n");
      assertThat(answers).containsSubsequence("\r\n\r\n0\n", "\r\n\r\n1\n", "\r\n\r\n2\n");
    }
  }

  @Test
  void aClientThatLeavesStopsItsStatement() throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request(ENDLESS));
      awaitRunning(1);
    }
    awaitIdle();
  }

  @Test
  void aClientThatLeavesWhileItsRowsFlowStopsThem() throws Exception {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(request("SELECT number, toString(number) FROM numbers(100000000000)"));
      assertThat(socket.getInputStream().readNBytes(1_000_000)).hasSize(1_000_000);
    }
    awaitIdle();
  }

  @Test
  void anInsertThatBreaksOffStoresNothing() throws Exception {
    run("CREATE TABLE broken_off (id UInt64) ENGINE = MergeTree ORDER BY id");
    try (Socket socket = connect()) {
      String head =
          "POST /?user=tenure&password=secret&query="
              + encoded("INSERT INTO broken_off FORMAT TSV")
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n";
      socket.getOutputStream().write((head + "1\n2\n3\n").getBytes(StandardCharsets.UTF_8));
      awaitRunning(1);
    }
    awaitIdle();
    assertThat(ask("", "SELECT count() FROM broken_off").body()).isEqualTo("0\n");
  }

  @Test
  void aRefusedInsertStillGetsItsAnswer() throws Exception {
    byte[] rows = "1234567\n".repeat(4_000_000).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    server.url()
                        + "/?user=tenure&password=secret&query="
                        + encoded("INSERT INTO nowhere FORMAT TSV")))
            .POST(BodyPublishers.ofByteArray(rows))
            .build();
    assertError(HTTP.send(request, BodyHandlers.ofString()), 404, 60);
  }

  @Test
  void aFailureAfterRowsHaveLeftIsTold() throws Exception {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              request(
                  "SELECT number, throwIf(number = 3000000, 'too late') FROM numbers(10000000)"
                      + " SETTINGS max_block_size = 65536, max_threads = 1"));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("X-ClickHouse-Exception-Tag: ");
      assertThat(answer.substring(answer.length() - 1_000))
          .contains("__exception__", "Code: 395.", "too late")
          .doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void waitingForTheEndTurnsALateFailureIntoAnEarlyOne() throws Exception {
    assertError(
        ask(
            "wait_end_of_query=1",
            "SELECT throwIf(number = 3000000) FROM numbers(10000000) SETTINGS max_block_size ="
                + " 65536"),
        500,
        395);
  }

  @Test
  void oneTooManyIsRefusedAtOnce() throws Exception {
    try (Socket first = connect();
        Socket second = connect()) {
      first.getOutputStream().write(request(ENDLESS));
      second.getOutputStream().write(request(ENDLESS));
      awaitRunning(2);
      List<CompletableFuture<HttpResponse<String>>> two = List.of(later(), later());
      CompletableFuture.anyOf(two.getFirst(), two.getLast()).get(20, TimeUnit.SECONDS);
      boolean firstRefused = two.getFirst().isDone();
      assertError((firstRefused ? two.getFirst() : two.getLast()).join(), 503, 202);
      first.close();
      CompletableFuture<HttpResponse<String>> waiting =
          firstRefused ? two.getLast() : two.getFirst();
      assertThat(waiting.get(20, TimeUnit.SECONDS).body()).isEqualTo("7\n");
    }
  }

  private CompletableFuture<HttpResponse<String>> later() {
    return HTTP.sendAsync(
        postRequest("?user=tenure&password=secret", "SELECT 7"), BodyHandlers.ofString());
  }

  private static void assertError(HttpResponse<String> response, int status, int code) {
    assertThat(response.body()).startsWith("Code: " + code + ".");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code"))
        .contains(String.valueOf(code));
  }

  private static void run(String statement) throws Exception {
    HttpResponse<String> response = ask("", statement);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static HttpResponse<String> ask(String parameters, String body) throws Exception {
    return post("?user=tenure&password=secret&" + parameters, body, "X-Nothing", "1");
  }

  private static HttpResponse<String> post(String query, String body, String... headers)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/" + query))
            .headers(headers)
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest postRequest(String query, String body) {
    return HttpRequest.newBuilder(URI.create(server.url() + "/" + query))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpResponse<String> get(String parameters) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(
                URI.create(server.url() + "/?user=tenure&password=secret&" + parameters))
            .build(),
        BodyHandlers.ofString());
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static byte[] request(String statement) {
    byte[] body = statement.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /?user=tenure&password=secret HTTP/1.1\r\nHost: x\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    return (head + statement).getBytes(StandardCharsets.UTF_8);
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int c = in.read();
      if (c < 0) {
        return text.toString();
      }
      text.append((char) c);
    }
    return text.toString();
  }

  private static void awaitRunning(int count) throws Exception {
    await(count);
  }

  private static void awaitIdle() throws Exception {
    await(0);
  }

  /** Counts what runs through the engine's own connection, for the door's may all be in use. */
  private static void await(int count) throws Exception {
    try (EngineConnection observer =
        EngineLibrary.load(EngineLocation.find()).open(List.of("--path=" + directory))) {
      String running = "";
      for (int i = 0; i < 300; i++) {
        running =
            observer.ask(
                "SELECT count() FROM system.processes WHERE Settings['log_comment'] LIKE"
                    + " 'tenure-session-%'");
        if (running.equals(String.valueOf(count))) {
          return;
        }
        Thread.sleep(50);
      }
      throw new AssertionError("expected " + count + " running statements, found " + running);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
