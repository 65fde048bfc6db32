package io.tenure.standalone.faults;

import io.tenure.platform.json.Json;
import io.tenure.standalone.faults.IdentityTruth.Plan;
import io.tenure.standalone.faults.IdentityTruth.Sighting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * People of one project with several devices and logins. One record is sent after another, each
 * until it is acknowledged, so their order is known, and with it whose everything is.
 */
final class IdentityLoad implements AutoCloseable {

  static final String EVENT = "Seen";

  private static final Duration PAUSE = Duration.ofMillis(120);
  private static final int GENERATION = 40;
  private static final int LOGINS = 4;
  private static final int DEVICES = 6;

  private final Plan plan;
  private final IdentityTruth truth;
  private final SplittableRandom random;
  private final HttpRequest.Builder request;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Thread sender;
  private volatile boolean stopping;

  IdentityLoad(URI door, String writeKey, Plan plan, long seed) {
    this.plan = plan;
    this.truth = new IdentityTruth(plan);
    this.random = new SplittableRandom(seed + plan.ordinal());
    this.request =
        HttpRequest.newBuilder(door.resolve("/v1/batch"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("Authorization", "Basic " + base64(writeKey + ":"));
    this.sender = Thread.ofVirtual().start(this::send);
  }

  /** The plan of the project. */
  Plan plan() {
    return plan;
  }

  /** What must be so when everything is delivered. */
  IdentityTruth truth() {
    return truth;
  }

  /** The number of a record by the id it was sent with. */
  static long number(String eventId) {
    return Long.parseLong(eventId.substring(eventId.indexOf('-') + 1));
  }

  private void send() {
    try {
      for (long number = 1; !stopping; number++) {
        Sighting sighting = sighting(number);
        while (!attempt(sighting)) {
          Thread.sleep(PAUSE);
        }
        truth.saw(sighting);
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** New people all the time, who keep their ids for some records. */
  private Sighting sighting(long number) {
    String login = number / GENERATION + "-login" + random.nextInt(LOGINS);
    String owner = plan == Plan.ID_MAPPING ? login : Long.toString(number / GENERATION);
    String device = owner + "-device" + random.nextInt(DEVICES);
    return switch (random.nextInt(4)) {
      case 0 -> new Sighting(number, false, "", device);
      case 1 -> new Sighting(number, false, login, "");
      case 2 -> new Sighting(number, false, login, device);
      default -> new Sighting(number, true, login, device);
    };
  }

  private boolean attempt(Sighting sighting) throws InterruptedException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("type", sighting.identify() ? "identify" : "track");
    record.put("messageId", plan + "-" + sighting.number());
    record.put("event", EVENT);
    record.put("timestamp", "2026-09-01T00:00:00Z");
    if (!sighting.login().isEmpty()) {
      record.put("userId", sighting.login());
    }
    if (!sighting.device().isEmpty()) {
      record.put("anonymousId", sighting.device());
    }
    String body = Json.write(Map.of("batch", List.of(record)));
    try {
      return http.send(
                  request.copy().POST(BodyPublishers.ofString(body)).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException lost) {
      return false;
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    sender.join();
    http.close();
  }
}
