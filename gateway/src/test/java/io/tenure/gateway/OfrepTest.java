package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.WRITE_KEY;
import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.StreamFlagsResponse;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OfrepTest {

  private static final String FLAGS = "/ofrep/v1/evaluate/flags";

  private final GatewayFixture gateway = GatewayFixture.running();

  private HttpRequest.Builder evaluate(String path, String body) {
    return gateway
        .to(path)
        .header("Authorization", "Bearer " + WRITE_KEY)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  @Test
  void evaluatesOneFlag() throws Exception {
    Reply reply =
        send(
            evaluate(FLAGS + "/home", "{\"context\":{\"targetingKey\":\"u1\",\"tier\":\"gold\"}}"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json())
        .isEqualTo(
            Json.read(
                """
                {"key":"home","value":true,"reason":"TARGETING_MATCH","variant":"on",
                 "metadata":{"rule":"vips"}}
                """));
    EvaluateFlagRequest request = gateway.services.request(EvaluateFlagRequest.class);
    assertThat(request.getTargetingKey()).isEqualTo("u1");
    assertThat(request.getContext().getFieldsOrThrow("tier").getStringValue()).isEqualTo("gold");
    assertThat(gateway.services.caller().role()).isEqualTo(Role.WRITER);
  }

  @Test
  void evaluatesAllFlagsAndKnowsWhatTheCallerHas() throws Exception {
    String body = "{\"context\":{\"targetingKey\":\"u1\"}}";
    Reply first = send(evaluate(FLAGS, body));
    assertThat(first.json().path("flags").size()).isEqualTo(2);
    String etag = first.header("ETag");
    assertThat(etag).startsWith("\"");
    Reply same = send(evaluate(FLAGS, body).header("If-None-Match", etag));
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    Reply other =
        send(
            evaluate(FLAGS, "{\"context\":{\"targetingKey\":\"u2\"}}")
                .header("If-None-Match", etag));
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void saysWhichChangeTheCallerHeardOf() throws Exception {
    send(evaluate(FLAGS + "?flagConfigEtag=v%2F2", "{\"context\":{\"targetingKey\":\"u1\"}}"));
    assertThat(gateway.services.request(EvaluateFlagsRequest.class).getHeardVersion())
        .isEqualTo("v/2");
  }

  @Test
  void tellsThatFlagsChanged() throws Exception {
    Reply bulk = send(evaluate(FLAGS, "{\"context\":{\"targetingKey\":\"u1\"}}"));
    JsonNode stream = bulk.json().path("eventStreams").path(0);
    assertThat(stream.path("type").stringValue()).isEqualTo("sse");
    String path = stream.path("endpoint").path("requestUri").stringValue();
    assertThat(path).doesNotContain(WRITE_KEY);

    HttpResponse<InputStream> events =
        HttpClient.newHttpClient()
            .send(gateway.to(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      assertThat(events.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      assertThat(lines.readLine()).isEqualTo(":listening");
      await().until(() -> gateway.services.listening.get() != null);
      Objects.requireNonNull(gateway.services.listening.get())
          .onNext(StreamFlagsResponse.newBuilder().setVersion("v2").build());
      assertThat(lines.lines().filter(line -> line.startsWith("data:")).findFirst())
          .hasValueSatisfying(
              data ->
                  assertThat(Json.read(data.substring(5)))
                      .isEqualTo(Json.read("{\"type\":\"refetchEvaluation\",\"etag\":\"v2\"}")));
    }
    // That nobody listens any more shows when something is said, though not at once.
    await()
        .until(
            () -> {
              StreamObserver<StreamFlagsResponse> listener = gateway.services.listening.get();
              if (listener != null) {
                listener.onNext(
                    StreamFlagsResponse.newBuilder().setVersion("v" + System.nanoTime()).build());
              }
              return listener == null;
            });
  }

  @Test
  void sendsListenersElsewhereWhenItEnds() throws Exception {
    GatewayFixture ending = GatewayFixture.another();
    Reply bulk =
        send(
            ending
                .to(FLAGS)
                .header("Authorization", "Bearer " + WRITE_KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"context\":{\"targetingKey\":\"u1\"}}")));
    String path =
        bulk.json().path("eventStreams").path(0).path("endpoint").path("requestUri").stringValue();
    HttpResponse<InputStream> events =
        HttpClient.newHttpClient()
            .send(ending.to(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo(":listening");
      ending.end();
      // A server that gives up waiting breaks the connection in the middle of the answer.
      assertThat(lines.lines().allMatch(String::isEmpty)).isTrue();
    }
  }

  @Test
  void tellsWhatChangedBeforeSomebodyListened() throws Exception {
    Reply bulk = send(evaluate(FLAGS, "{\"context\":{\"targetingKey\":\"u1\"}}"));
    String path =
        bulk.json().path("eventStreams").path(0).path("endpoint").path("requestUri").stringValue();
    assertThat(path).endsWith("?since=v1");

    List<String> since = first(gateway.to(path.replace("since=v1", "since=v0")));
    List<String> again = first(gateway.to(path).header("Last-Event-ID", "v0"));

    for (List<String> event : List.of(since, again)) {
      assertThat(event).hasSize(2);
      assertThat(event.getFirst()).startsWith("id:v").isNotEqualTo("id:v0");
      assertThat(event.getLast()).startsWith("data:").contains("refetchEvaluation");
    }
  }

  /** The lines of the first event. */
  private static List<String> first(HttpRequest.Builder stream) throws Exception {
    HttpResponse<InputStream> events =
        HttpClient.newHttpClient()
            .send(stream.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.startsWith("id:") || line.startsWith("data:"))
          .limit(2)
          .toList();
    }
  }

  @Test
  void letsPagesOfOtherOriginsSayWhatWasSeen() throws Exception {
    Reply preflight =
        send(
            gateway
                .to("/api/v1/exposures:record")
                .header("Origin", "https://bank.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://bank.example");
  }

  @Test
  void tellsNothingUnderAnotherName() throws Exception {
    assertThat(send(gateway.to("/ofrep/v1/events/somebody").GET()).status()).isEqualTo(401);
  }

  @Test
  void answersTheProtocolsErrors() throws Exception {
    String[][] cases = {
      {"/missing", "{\"context\":{\"targetingKey\":\"u1\"}}", "404", "FLAG_NOT_FOUND"},
      {"/home", "{\"context\":{}}", "400", "TARGETING_KEY_MISSING"},
      {"/home", "{\"context\":\"u1\"}", "400", "INVALID_CONTEXT"},
      {"/home", "{\"context\"", "400", "PARSE_ERROR"},
      {"", "{}", "400", "INVALID_CONTEXT"},
    };
    for (String[] expected : cases) {
      Reply reply = send(evaluate(FLAGS + expected[0], expected[1]));
      assertThat(reply.status()).as(expected[3]).isEqualTo(Integer.parseInt(expected[2]));
      assertThat(reply.json().path("errorCode").stringValue()).isEqualTo(expected[3]);
      assertThat(reply.json().path("metadata").isObject()).as("what SDKs read").isTrue();
    }
  }

  @Test
  void needsAKey() throws Exception {
    Reply none = send(gateway.to(FLAGS).POST(BodyPublishers.ofString("{}")));
    assertThat(none.status()).isEqualTo(401);
    Reply single = send(gateway.to(FLAGS + "/home").POST(BodyPublishers.ofString("{}")));
    assertThat(single.status()).isEqualTo(401);
    assertThat(single.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(single.json())
        .isEqualTo(
            Json.read(
                """
                {"key":"home","errorCode":"GENERAL","metadata":{},
                 "errorDetails":"The request carries no valid credential"}
                """));
    Reply header =
        send(
            gateway
                .to(FLAGS)
                .header("X-API-Key", WRITE_KEY)
                .POST(BodyPublishers.ofString("{\"context\":{\"targetingKey\":\"u\"}}")));
    assertThat(header.status()).isEqualTo(200);
    assertThat(send(gateway.to(FLAGS).header("X-API-Key", WRITE_KEY).GET()).status())
        .isEqualTo(405);
  }
}
