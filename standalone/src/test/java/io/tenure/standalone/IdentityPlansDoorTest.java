package io.tenure.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What the calls of Segment's SDK and Sensors' binds mean by each identity plan, through all doors.
 */
final class IdentityPlansDoorTest {

  private static final String PHONE = "ann-phone";
  private static final String TABLET = "ann-tablet";
  private static final String MAIL = "identity:$identity_email:ann@example.com";

  private final TestPlatform platform = TestPlatform.running();

  /**
   * The phone, then an identify with the phone, then a track with an address, then the tablet with
   * the address, then an alias of the tablet.
   *
   * @param joined who is the login's user in the end
   */
  @ParameterizedTest
  @CsvSource({
    "DEVICE_ONLY, ''",
    "ONE_TO_ONE, ann-phone",
    "MANY_TO_ONE, ann-phone ann-tablet",
    "ID_MAPPING, ann-phone ann-tablet identity:$identity_email:ann@example.com"
  })
  void segmentCallsJoinWhatThePlanJoins(String plan, String joined) throws Exception {
    Project project = project("segment-" + plan.toLowerCase(Locale.ROOT).replace('_', '-'));
    project.choose(plan);

    PublishedClients.node("identities.mjs", platform.url(""), project.writeKey(), "ann");

    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsInstanceOf(Api.ApiException.class)
        .until(() -> project.stored().eventsNow(TABLET, "Looked").size() == 1);
    long ann = project.user("ann");
    for (String id : List.of(PHONE, TABLET)) {
      assertThat(project.user(id) == ann).as("%s by %s", id, plan).isEqualTo(joined.contains(id));
    }
    if (plan.equals("ID_MAPPING")) {
      assertThat(project.user(MAIL)).isEqualTo(ann);
      assertThat(project.stored().eventsNow("ann", "Opened"))
          .as("also what the tablet did before the alias, because of the address")
          .hasSize(2);
    }
  }

  @Test
  void sensorsIdentitiesBindAndUnbindUnderTheirKeys() throws Exception {
    Project project = project("sensors-id-mapping");
    project.choose("ID_MAPPING");
    project.sensors("track_id_bind", "\"$identity_login_id\":\"ann\",\"$identity_email\":\"a@b\"");
    project.sensors("track", "\"$identity_email\":\"a@b\",\"$identity_anonymous_id\":\"d\"");
    await().atMost(Duration.ofSeconds(60)).until(() -> project.finds("d"));
    assertThat(project.user("d")).isEqualTo(project.user("ann"));

    project.sensors("track_id_unbind", "\"$identity_email\":\"a@b\"");
    project.sensors("track", "\"$identity_email\":\"a@b\"");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> project.finds("identity:$identity_email:a@b"));
    assertThat(project.user("identity:$identity_email:a@b")).isNotEqualTo(project.user("ann"));
    // Again and again: the collector reads plans every second.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              project.sensors("track", "\"$identity_mobile\":\"138\"");
              assertThat(project.api().get("/api/v1/quarantineCounts").toString())
                  .contains("IDENTITY_UNDECLARED");
            });
  }

  /** A project of its own. */
  private Project project(String id) {
    JsonNode created =
        platform.api().post("/api/v1/projects", Json.write(Map.of("id", id, "display_name", id)));
    return new Project(
        URI.create(platform.url("")),
        id,
        session(),
        created.path("write_key").asString(),
        new Api(URI.create(platform.url("")), created.path("secret_key").asString()));
  }

  /** Of an administrator; only they choose plans. */
  private String session() {
    Map<String, String> person =
        Map.of(
            "username",
            platform.installation().secrets().username(),
            "password",
            platform.installation().secrets().password());
    return platform
        .api()
        .post("/api/v1/sessions", Json.write(person))
        .path("session_token")
        .asString();
  }

  private record Project(URI gateway, String id, String session, String writeKey, Api api) {

    StoredRecords stored() {
      return new StoredRecords(api);
    }

    long user(String id) {
      return stored().profile(id).path("user_number").longValue();
    }

    boolean finds(String id) {
      try {
        return !api.get("/api/v1/profiles/" + id.replace("$", "%24").replace("@", "%40"))
            .path("profile")
            .isMissingNode();
      } catch (Api.ApiException notYet) {
        return false;
      }
    }

    void choose(String kind) throws Exception {
      String keys =
          kind.equals("ID_MAPPING")
              ? """
              ,"keys":[{"name":"$identity_login_id","values":"VALUES_SINGLE"},
                {"name":"$identity_email","values":"VALUES_MULTI"},
                {"name":"$identity_anonymous_id","values":"VALUES_MULTI"}]
              """
              : "";
      HttpRequest request =
          HttpRequest.newBuilder(gateway.resolve("/api/v1/identity-plan"))
              .header("Authorization", "Bearer " + session)
              .header("Tenure-Project-Id", id)
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString("{\"kind\":\"KIND_" + kind + "\"" + keys + "}"))
              .build();
      send(request);
    }

    void sensors(String type, String identities) throws Exception {
      String record =
          "{\"type\":\"%s\",\"event\":\"E\",\"distinct_id\":\"x\",\"time\":%d,\"_track_id\":%d,\"identities\":{%s}}"
              .formatted(
                  type,
                  System.currentTimeMillis(),
                  identities.hashCode() + type.hashCode(),
                  identities);
      String form =
          "gzip=0&data="
              + URLEncoder.encode(
                  Base64.getEncoder().encodeToString(record.getBytes(UTF_8)), UTF_8);
      send(
          HttpRequest.newBuilder(gateway.resolve("/sa?token=" + writeKey))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build());
    }

    private static void send(HttpRequest request) throws Exception {
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      }
    }
  }
}
