package io.tenure.standalone;

import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Reads back through the public query API what clients sent. */
final class StoredRecords {

  private final Api api;

  StoredRecords(Api api) {
    this.api = api;
  }

  /** Waits for at least so many events of a user and returns all there are. */
  List<JsonNode> events(String user, String name, int atLeast) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(Api.ApiException.class)
        .until(() -> eventsNow(user, name).size() >= atLeast);
    return eventsNow(user, name);
  }

  /** The events of a user that are stored already. */
  List<JsonNode> eventsNow(String user, String name) {
    List<JsonNode> events = new ArrayList<>();
    api.get("/api/v1/events?page_size=1000&user=" + encode(user) + "&name=" + encode(name))
        .path("events")
        .forEach(events::add);
    return events;
  }

  /** The profile of a user, once it is there. */
  JsonNode profile(String id) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(Api.ApiException.class)
        .until(() -> !profileNow(id).isMissingNode());
    return profileNow(id);
  }

  private JsonNode profileNow(String id) {
    return api.get("/api/v1/profiles/" + encode(id)).path("profile");
  }

  /** The values of a property that holds whole numbers. */
  static List<Integer> indexes(List<JsonNode> events) {
    return events.stream().map(event -> event.path("properties").path("index").intValue()).toList();
  }

  /** 0, 1, 2 and so on. */
  static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
