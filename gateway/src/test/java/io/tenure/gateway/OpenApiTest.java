package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.gateway.api.ingest.IngestPaths;
import io.tenure.gateway.api.ingest.PublicConfigRoutes;
import io.tenure.gateway.api.ingest.SdkSettings;
import io.tenure.gateway.api.rest.HttpBinding;
import io.tenure.gateway.api.rest.Transcoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OpenApiTest {

  private final GatewayFixture gateway = GatewayFixture.running();

  private JsonNode document() throws Exception {
    return send(gateway.to("/api/v1/openapi.json").GET()).json();
  }

  @Test
  void listsExactlyWhatIsServed() throws Exception {
    Set<String> served = new TreeSet<>();
    for (HttpBinding binding : gateway.bean(Transcoder.class).bindings()) {
      served.add(binding.verb() + " " + binding.path());
    }
    IngestPaths.SEGMENT.forEach(path -> served.add("POST " + path));
    IngestPaths.SENSORS.forEach(path -> served.addAll(Set.of("POST " + path, "GET " + path)));
    PublicConfigRoutes.PATHS.forEach(path -> served.add("GET " + path));
    served.add("POST /ofrep/v1/evaluate/flags");
    served.add("POST /ofrep/v1/evaluate/flags/{key}");
    served.add("POST /api/v2/abtest/online/results");
    served.add("GET " + SdkSettings.SEGMENT);
    served.add("GET " + SdkSettings.RUDDER);
    served.add("GET /api/v1/openapi.json");

    Set<String> listed = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        listed.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    assertThat(listed).isEqualTo(served).hasSizeGreaterThan(50);
    for (String route : listed) {
      String[] parts = route.split(" ", 2);
      String path = parts[1].replaceAll("\\{[^}]*}", "x");
      String query = PublicConfigRoutes.PATHS.contains(path) ? "?project=bank" : "";
      Reply reply = send(gateway.to(path + query).method(parts[0], BodyPublishers.noBody()));
      assertThat(reply.status()).as(route).isIn(200, 400, 401);
    }
  }

  @Test
  void saysWhatTheContractSays() throws Exception {
    JsonNode document = document();
    assertThat(document.path("openapi").stringValue()).isEqualTo("3.1.0");
    JsonNode revoke = document.path("paths").path("/api/v1/keys/{id}:revoke").path("post");
    assertThat(revoke.path("description").stringValue()).startsWith("Revokes a key");
    JsonNode parameters =
        document.path("paths").path("/api/v1/events").path("get").path("parameters");
    assertThat(parameters.toString()).contains("start_time", "date-time", "Most events to return");
    JsonNode update = document.path("paths").path("/api/v1/segments/{segment.id}").path("put");
    assertThat(update.path("requestBody").toString()).contains("segment.v1.Segment");
    for (JsonNode schema : document.path("components").path("schemas")) {
      assertThat(schema.path("description").stringValue("")).isNotEmpty();
    }
  }

  @Test
  void refersOnlyToWhatItHas() throws Exception {
    JsonNode document = document();
    Set<String> known = new TreeSet<>();
    document.path("components").path("schemas").properties().forEach(e -> known.add(e.getKey()));
    document
        .findValuesAsString("$ref")
        .forEach(ref -> assertThat(known).contains(ref.replace("#/components/schemas/", "")));
  }
}
