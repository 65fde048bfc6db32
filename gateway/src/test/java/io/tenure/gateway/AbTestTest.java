package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.ADMIN_KEY;
import static io.tenure.gateway.GatewayFixture.WRITE_KEY;
import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The door of Sensors' A/B SDKs. */
final class AbTestTest {

  private static final String PATH = "/api/v2/abtest/online/results";
  private static final String ANN = "{\"login_id\":\"ann\",\"platform\":\"Java\"}";

  private final GatewayFixture gateway = GatewayFixture.running();

  private Reply fetch(String key, String body) throws Exception {
    return send(
        gateway
            .to(PATH + "?project-key=" + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void tellsWhatExperimentsDecide() throws Exception {
    Reply reply = fetch(WRITE_KEY, ANN);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json())
        .isEqualTo(
            Json.read(
                """
                {"status":"SUCCESS",
                 "results":[
                   {"abtest_experiment_id":"two-test#1","abtest_experiment_group_id":"on",
                    "is_control_group":false,"is_white_list":false,"experiment_type":"CODE",
                    "variables":[{"name":"two","type":"STRING","value":"ann"}],
                    "abtest_experiment_result_id":"two-test#1/on/ann",
                    "subject_id":"ann","subject_name":"USER","abtest_experiment_version":"1",
                    "stickiness":"UNSTICKINESS","cacheable":true}],
                 "track_config":{
                   "item_switch":false,"trigger_switch":true,"property_set_switch":false,
                   "trigger_content_ext":["abtest_experiment_version","abtest_experiment_result_id"]},
                 "out_list":[]}
                """));
    assertThat(gateway.services.request(EvaluateFlagsRequest.class).getTargetingKey())
        .isEqualTo("ann");
    assertThat(gateway.services.caller().role()).isEqualTo(Role.WRITER);
  }

  @Test
  void asksForTheOneFlagThatAParameterNames() throws Exception {
    Reply reply = fetch(WRITE_KEY, "{\"anonymous_id\":\"d1\",\"param_name\":\"tested\"}");

    assertThat(reply.json().path("results").size()).isEqualTo(1);
    assertThat(reply.json().path("results").path(0).path("variables").path(0).path("name"))
        .hasToString("\"tested\"");
    EvaluateFlagRequest asked = gateway.services.request(EvaluateFlagRequest.class);
    assertThat(asked.getFlagKey()).isEqualTo("tested");
    assertThat(asked.getTargetingKey()).isEqualTo("d1");
    assertThat(asked.getContext().getFieldsOrThrow("device_id").getStringValue()).isEqualTo("d1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "home"})
  void hasNoResultForAFlagThatIsNotThereOrTestsNothing(String parameter) throws Exception {
    Reply reply = fetch(WRITE_KEY, "{\"login_id\":\"ann\",\"param_name\":\"" + parameter + "\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("status").stringValue()).isEqualTo("SUCCESS");
    assertThat(reply.json().path("results").size()).isZero();
  }

  @Test
  void takesTheKeyFromAHeaderAsPhonesSendIt() throws Exception {
    Reply reply =
        send(
            gateway
                .to(PATH)
                .header("project-key", WRITE_KEY)
                .POST(
                    BodyPublishers.ofString(
                        "{\"anonymous_id\":\"d1\",\"platform\":\"Android\",\"properties\":{}}")));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("results").size()).isEqualTo(1);
  }

  @Test
  void asksNobodyForAPlatformItKnows() throws Exception {
    Reply reply = fetch(WRITE_KEY, "{\"login_id\":\"ann\",\"platform\":\"Toaster\"}");

    assertThat(reply.json()).isEqualTo(fetch(WRITE_KEY, ANN).json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wk_nobody", ADMIN_KEY})
  void refusesWhatIsNoWriteKey(String key) throws Exception {
    Reply reply = fetch(key, ANN);

    assertThat(reply.status()).isEqualTo(401);
    assertFailed(reply, "UNAUTHENTICATED", "project-key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                            | body: must be a JSON object",
        "{\"login_id\"                               | body: is not valid JSON",
        "[\"ann\"]                                   | body: must be a JSON object",
        "{}                                          | login_id: must be there, or anonymous_id",
        "{\"login_id\":\"\",\"anonymous_id\":null}   | login_id: must be there, or anonymous_id",
        "{\"custom_ids\":{\"account_id\":\"a1\"}}    | login_id: must be there, or anonymous_id",
        "{\"login_id\":{\"id\":1}}                   | login_id: must be a text",
        "{\"login_id\":\"a\",\"properties\":[]}      | properties: must be an object",
        "{\"login_id\":\"a\",\"custom_ids\":{\"account_id\":true}} | account_id: must be a text",
        "{\"login_id\":\"a\",\"param_name\":1.5}     | param_name: must be a text"
      })
  void saysWhatIsWrongWithABody(String body, String error) throws Exception {
    Reply reply = fetch(WRITE_KEY, body == null ? "" : body);

    assertThat(reply.status()).isEqualTo(400);
    assertFailed(reply, "INVALID_ARGUMENT", error);
  }

  @Test
  void refusesIdsOfAbsurdLength() throws Exception {
    Reply reply = fetch(WRITE_KEY, "{\"login_id\":\"" + "x".repeat(1_025) + "\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertFailed(reply, "INVALID_ARGUMENT", "login_id: must have at most 1024 characters");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    Reply reply = fetch(WRITE_KEY, "{\"login_id\":\"" + "x".repeat(1 << 20) + "\"}");

    assertThat(reply.status()).isEqualTo(413);
    assertFailed(reply, "CONTENT_TOO_LARGE", "larger than");
  }

  @Test
  void answersOnlyToPost() throws Exception {
    Reply reply = send(gateway.to(PATH + "?project-key=" + WRITE_KEY).GET());

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("POST");
    assertFailed(reply, "METHOD_NOT_ALLOWED", "POST");
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    Reply reply = fetch(WRITE_KEY, "{\"login_id\":\"ann\",\"param_name\":\"away\"}");

    assertThat(reply.status()).isEqualTo(503);
    assertFailed(reply, "UNAVAILABLE", "Nobody answers");
  }

  @Test
  void letsPagesOfOtherOriginsAsk() throws Exception {
    Reply preflight =
        send(
            gateway
                .to(PATH + "?project-key=" + WRITE_KEY)
                .header("Origin", "https://bank.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,project-key")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://bank.example");
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Project-Key");
  }

  private static void assertFailed(Reply reply, String type, String error) {
    JsonNode body = reply.json();
    assertThat(body.path("status").stringValue()).isEqualTo("FAILED");
    assertThat(body.path("error_type").stringValue()).isEqualTo(type);
    assertThat(body.path("error").stringValue()).contains(error);
  }
}
