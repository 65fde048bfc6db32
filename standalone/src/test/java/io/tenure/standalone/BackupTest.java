package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A backup is made while events arrive, somebody is erased, the installation is lost and restored;
 * then every event and every byte is looked at.
 */
@Tag("own-engine")
final class BackupTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String LOGIN = "wexford.plumtree";
  private static final String DEVICE = "q81zt-bbkwo-33";
  private static final String PERSONAL = "50917733-662";
  private static final String CITY = "Trondvallia";
  private static final String SHOP = "quorvimble";
  private static final List<String> CANARIES = List.of(LOGIN, DEVICE, PERSONAL, CITY, SHOP);

  private static final String PLAN =
      """
      {"mode": "MODE_OBSERVE", "events": [],
       "traits": [{"name": "card", "type": "PROPERTY_TYPE_TEXT", "data_class": "DATA_CLASS_C2"}]}
      """;

  @TempDir private Path directory;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private volatile boolean sending = true;
  private String said = "";

  @Test
  void aRestoreLosesNothingDoublesNothingAndBringsNobodyErasedBack() throws Exception {
    Path data = directory.resolve("data");
    Files.createDirectories(data);
    Path backups = directory.resolve("backups");
    Path keys = directory.resolve("keys");
    long time = System.currentTimeMillis() - 60_000;
    List<String> before;
    List<String> during;
    Path backup;
    try (Installation installation = start(data);
        BackupDoors _ = BackupDoors.of(new DataDirectory(data), installation)) {
      quicken(installation);
      String session = session(installation);
      call(installation, session, "PUT", "/api/v1/tracking-plan", PLAN);
      sendPerson(installation, time, LOGIN, DEVICE, PERSONAL, CITY, SHOP);
      sendPerson(installation, time, "other-login", "other-device", "other-card", "Bern", "grocer");
      awaitProfile(installation, session, LOGIN, CITY);
      awaitProfile(installation, session, "other-login", "Bern");
      assertThat(found(data)).containsExactlyInAnyOrderElementsOf(CANARIES);

      Thread sender = Thread.ofVirtual().start(() -> sendOn(installation, time));
      await().atMost(PATIENCE).until(() -> acknowledged.size() >= 50);
      before = List.copyOf(acknowledged);
      assertThat(run("backup", "--data", data.toString(), "--to", backups.toString()))
          .as(said)
          .isZero();
      during = List.copyOf(acknowledged);
      sending = false;
      sender.join();
      backup = only(backups);
      assertThat(run("backups", "--at", backups.toString(), "--keys", data.toString())).isZero();
      assertThat(said).contains(backup.getFileName().toString(), "readable until");
      assertThat(found(backups)).as("in the backup").isEmpty();

      send(
          installation, record("track", "Late", "other-login", "other-device", time + 900_000, ""));
      String erasure = erase(installation, session);
      assertThat(receipt(installation, session, erasure)).contains(backup.getFileName().toString());
      await().atMost(PATIENCE).until(() -> journals(backups) == 1);
    }
    keep(data, keys);
    Directories.delete(data);
    // The newest tombstones lie beside the backup as well.
    Files.delete(keys.resolve("erasures.journal"));

    Path damaged = damagedCopy(backup);
    assertThat(restore(damaged, data, keys)).isNotZero();
    assertThat(said).contains("damaged");
    assertThat(data).doesNotExist();
    assertThat(restore(backup, data, directory.resolve("nobody"))).isNotZero();
    assertThat(said).contains("keys.json");
    assertThat(restore(backup, data, keys)).as(said).isZero();
    assertThat(said).contains("erasing again").contains("not in it");
    assertThat(found(data)).as("after the restore").isEmpty();

    try (Installation installation = start(data)) {
      String session = session(installation);
      assertThat(again(installation)).as("erasures a restore asked for").isEqualTo(1);
      List<String> stored = events(installation, "Busy");
      assertThat(stored).doesNotHaveDuplicates().containsAll(before);
      assertThat(during).containsAll(stored);
      assertThat(events(installation, "Late")).isEmpty();
      assertThat(events(installation, "Pay")).hasSize(1);
      awaitProfile(installation, session, "other-login", "other-card");
      assertThat(call(installation, session, "GET", "/api/v1/profiles/" + LOGIN, ""))
          .contains("404");
      long known = withheld(installation, session);
      sendPerson(installation, time + 7, LOGIN, DEVICE, PERSONAL, CITY, SHOP);
      await().atMost(PATIENCE).until(() -> withheld(installation, session) == known + 3);
      send(installation, record("track", "New", "other-login", "other-device", time + 99, ""));
      await().atMost(PATIENCE).until(() -> events(installation, "New").size() == 1);
      requireBalance(installation, session);
    }
    assertThat(found(data.resolve("clickhouse"))).isEmpty();

    assertThat(run("backup", "--data", data.toString(), "--to", backups.toString(), "--replace"))
        .as(said)
        .isZero();
    assertThat(backup).doesNotExist();
    Directories.delete(directory.resolve("other"));
    assertThat(restore(damaged, directory.resolve("other"), data)).isNotZero();
    assertThat(said).contains("no key");
  }

  private int restore(Path from, Path to, Path keys) {
    return run(
        "restore", "--from", from.toString(), "--data", to.toString(), "--keys", keys.toString());
  }

  private int run(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int code =
        new CommandLine(Tenure.class)
            .setOut(out)
            .setErr(out)
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  failure.printStackTrace(out);
                  return 1;
                })
            .execute(arguments);
    out.flush();
    said = text.toString();
    return code;
  }

  private static Path only(Path backups) throws IOException {
    try (Stream<Path> found = Files.list(backups)) {
      return found.filter(Files::isDirectory).reduce((a, b) -> directoryOf(backups)).orElseThrow();
    }
  }

  private static Path directoryOf(Path backups) {
    throw new AssertionError("More than one backup in " + backups);
  }

  private static long journals(Path backups) throws IOException {
    try (Stream<Path> found = Files.list(backups)) {
      return found.filter(file -> file.toString().endsWith(".journal")).count();
    }
  }

  private static void keep(Path data, Path keys) throws IOException {
    Files.createDirectories(keys);
    for (Path file : new DataDirectory(data).kept()) {
      Files.copy(file, keys.resolve(file.getFileName()));
    }
  }

  private Path damagedCopy(Path backup) throws IOException {
    Path copy = directory.resolve("damaged").resolve(backup.getFileName());
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    byte[] bytes = Files.readAllBytes(copy.resolve("database.sealed"));
    bytes[bytes.length / 2]++;
    Files.write(copy.resolve("database.sealed"), bytes);
    return copy;
  }

  private void sendOn(Installation installation, long time) {
    for (int i = 0; sending; i++) {
      String name = "busy-" + i;
      try {
        send(installation, record("track", "Busy", name, name, time + i, name));
      } catch (IOException exception) {
        throw new UncheckedIOException(exception);
      } catch (InterruptedException interrupted) {
        return;
      }
      acknowledged.add(name);
    }
  }

  private void sendPerson(
      Installation installation,
      long time,
      String login,
      String device,
      String card,
      String city,
      String shop)
      throws IOException, InterruptedException {
    send(installation, record("track_signup", "SignUp", login, device, time, shop));
    send(installation, record("track", "Pay", login, device, time + 1, shop));
    send(
        installation,
        record("profile_set", "", login, device, time + 2, Map.of("card", card, "city", city)));
  }

  private static String record(
      String type, String event, String login, String device, long time, String shop) {
    return record(type, event, login, device, time, Map.of("shop", shop));
  }

  private static String record(
      String type,
      String event,
      String login,
      String device,
      long time,
      Map<String, String> properties) {
    Map<String, Object> record = new TreeMap<>();
    record.put("type", type);
    record.put("event", event);
    record.put("distinct_id", login);
    record.put("login_id", login);
    record.put("anonymous_id", device);
    record.put("original_id", device);
    record.put("time", time);
    record.put("_track_id", time);
    record.put("properties", properties);
    record.put("lib", Map.of("$lib", "Java", "$lib_version", "3.4.0"));
    return Json.write(record);
  }

  private void send(Installation installation, String record)
      throws IOException, InterruptedException {
    String text = Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                installation
                    .gateway()
                    .resolve("/sa?project=default&token=" + installation.secrets().writeKey()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString("data=" + URLEncoder.encode(text, StandardCharsets.UTF_8)))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private String erase(Installation installation, String session) {
    String id =
        Json.read(
                call(
                    installation,
                    session,
                    "POST",
                    "/api/v1/erasures",
                    "{\"user_id\": \"" + LOGIN + "\"}"))
            .path("erasure")
            .path("id")
            .asString();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                call(installation, session, "GET", "/api/v1/erasures/" + id, "")
                    .contains("STATE_DONE"));
    return id;
  }

  private String receipt(Installation installation, String session, String erasure) {
    String answer =
        call(installation, session, "GET", "/api/v1/erasures/" + erasure + "/receipt", "");
    return new String(
        Base64.getDecoder().decode(Json.read(answer).path("receipt").path("content").asString()),
        StandardCharsets.UTF_8);
  }

  private void awaitProfile(Installation installation, String session, String login, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(call(installation, session, "GET", "/api/v1/profiles/" + login, ""))
                    .contains(text));
  }

  private long withheld(Installation installation, String session) {
    return Json.read(call(installation, session, "GET", "/api/v1/ledger", ""))
        .path("ledger")
        .path("withheld")
        .asLong(0);
  }

  private void requireBalance(Installation installation, String session) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var ledger =
                  Json.read(call(installation, session, "GET", "/api/v1/ledger", ""))
                      .path("ledger");
              assertThat(ledger.path("accepted").asLong(-1))
                  .as(ledger.toString())
                  .isEqualTo(
                      ledger.path("stored").asLong(0)
                          + ledger.path("applied").asLong(0)
                          + ledger.path("withheld").asLong(0));
              assertThat(ledger.path("waiting").asLong(0)).isZero();
            });
  }

  private String session(Installation installation) {
    Secrets secrets = installation.secrets();
    return Json.read(
            call(
                installation,
                secrets.secretKey(),
                "POST",
                "/api/v1/sessions",
                Json.write(Map.of("username", secrets.username(), "password", secrets.password()))))
        .path("session_token")
        .asString();
  }

  private String call(
      Installation installation, String key, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(installation.gateway().resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static long again(Installation installation) {
    try (ClickHouse clickHouse = clickHouse(installation)) {
      return clickHouse
          .query(
              "SELECT count() AS found FROM erasures FINAL WHERE open = 0 AND"
                  + " JSONExtractString(body, 'author') = 'restore'",
              Map.of(),
              row -> row.getLong("found"))
          .getFirst();
    }
  }

  /** The shop of each stored row of an event, before any merge. */
  private static List<String> events(Installation installation, String name) {
    try (ClickHouse clickHouse = clickHouse(installation)) {
      return clickHouse.query(
          "SELECT properties['shop'] AS shop FROM events WHERE project_id = 'default' AND name ="
              + " {name:String}",
          Map.of("name", name),
          row -> row.getString("shop"));
    }
  }

  /** Files that nobody needs any more go at once instead of after a minute. */
  private static void quicken(Installation installation) {
    try (ClickHouse clickHouse = clickHouse(installation)) {
      for (String table :
          List.of(
              "events",
              "items",
              "quarantine",
              "alerts",
              "profiles",
              "profile_history",
              "identity_decisions",
              "computed_traits",
              "subject_keys",
              "consents")) {
        clickHouse.execute(
            "ALTER TABLE "
                + table
                + " MODIFY SETTING old_parts_lifetime = 1, cleanup_delay_period = 1,"
                + " cleanup_delay_period_random_add = 0, max_cleanup_delay_period = 1",
            Map.of());
      }
    }
  }

  private static ClickHouse clickHouse(Installation installation) {
    return new ClickHouse(
        new ClickHouseProperties(
            installation.stores().clickHouseUrl(),
            installation.stores().clickHouseUsername(),
            installation.stores().clickHousePassword(),
            installation.stores().clickHouseDatabase(),
            Duration.ofSeconds(60),
            1),
        ObservationRegistry.NOOP);
  }

  private static List<String> found(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes;
        try {
          bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException removed) {
          continue;
        }
        CANARIES.stream()
            .filter(canary -> bytes.contains(canary) || bytes.contains(base64(canary)))
            .filter(canary -> !found.contains(canary))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8))
        .substring(0, 12);
  }

  private static Installation start(Path data) throws InterruptedException {
    Installation installation =
        Installation.start(
            data,
            0,
            Installation.Form.ONE_PROCESS,
            Secrets.in(data, "default", new GatewayKeyTexts()),
            Map.of("tenure.profile.erasure.poll-interval", "1s"),
            part -> {});
    Readiness.await(installation);
    return installation;
  }
}
