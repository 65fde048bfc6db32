package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person withdraws in the middle of a stream, through all services. */
final class ConsentRoadTest {

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final TestPlatform platform = TestPlatform.running();
  private final String person = "consent-" + UUID.randomUUID();
  private final String other = "consent-" + UUID.randomUUID();
  private int sent;

  @Test
  void nothingIsStoredOfWhatComesAfterAWithdrawal() {
    for (int i = 0; i < 5; i++) {
      assertThat(send(person, "Open")).isEqualTo("RESULT_ACCEPTED");
    }
    JsonNode before = ledger();
    assertThat(send(person, "$consent")).isEqualTo("RESULT_ACCEPTED");
    long withdrawn = System.nanoTime();
    int afterwards = 0;
    String result = "";
    while (!result.equals("RESULT_REFUSED") && since(withdrawn).compareTo(A_MINUTE) < 0) {
      result = send(person, "Open");
      assertThat(send(other, "Open")).isEqualTo("RESULT_ACCEPTED");
      afterwards++;
    }
    System.getLogger("consent")
        .log(
            System.Logger.Level.INFO,
            "The door closed {0} ms after a withdrawal, {1} records later",
            since(withdrawn).toMillis(),
            afterwards);

    assertThat(result).isEqualTo("RESULT_REFUSED");
    assertThat(send(person, "Open")).isEqualTo("RESULT_REFUSED");
    await().atMost(A_MINUTE).until(() -> ledger().path("waiting").longValue() == 0);
    assertThat(stored(person)).isEqualTo("5");
    assertThat(stored(other)).isEqualTo(Integer.toString(afterwards));
    JsonNode after = ledger();
    assertThat(after.path("withheld").longValue() - before.path("withheld").longValue())
        .as("the decision, and what was accepted before the door knew")
        .isEqualTo(afterwards);
    assertThat(after.path("accepted").longValue())
        .isEqualTo(
            after.path("stored").longValue()
                + after.path("applied").longValue()
                + after.path("withheld").longValue());
    assertThat(
            platform
                .api()
                .get("/api/v1/consents/" + person + "/entries")
                .path("entries")
                .path(0)
                .path("state")
                .asString())
        .isEqualTo("CONSENT_STATE_WITHDRAWN");
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private String send(String login, String name) {
    return platform
        .api()
        .post(
            "/api/v1/events:batch",
            """
            {"events": [{"event_id": "%s-%d", "login_id": "%s", "name": "%s",
              "properties": {"purpose": "analytics", "state": "withdrawn"}}]}
            """
                .formatted(person, sent++, login, name))
        .path("outcomes")
        .path(0)
        .path("result")
        .asString();
  }

  private String stored(String login) {
    return platform
        .rows(
            "SELECT toString(uniqExact(event_id)) FROM events_v1 WHERE login_id = '" + login + "'")
        .getFirst();
  }

  private JsonNode ledger() {
    return platform.api().get("/api/v1/ledger").path("ledger");
  }
}
