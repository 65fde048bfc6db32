package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.PASSWORD;
import static io.tenure.gateway.GatewayFixture.USERNAME;
import static io.tenure.gateway.GatewayFixture.WRITE_KEY;
import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.gateway.domain.Bootstrap;
import io.tenure.gateway.domain.KeyText;
import io.tenure.platform.tenancy.Caller.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class AccessTest {

  private final GatewayFixture gateway = GatewayFixture.running();

  @BeforeEach
  void forget() {
    gateway.collector.forget();
  }

  private HttpRequest.Builder json(String path, String body) {
    return gateway
        .to(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private Reply signIn(String username, String password) throws Exception {
    return send(
        json(
            "/api/v1/sessions",
            "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}"));
  }

  @Test
  void signsInWithACookieNoScriptCanRead() throws Exception {
    Reply reply = signIn(USERNAME, PASSWORD);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Set-Cookie"))
        .startsWith("tenure_session=st_")
        .contains("HttpOnly")
        .contains("SameSite=Strict")
        .doesNotContain("Secure");
    assertThat(reply.json().path("person").path("role").stringValue())
        .isEqualTo("ROLE_ADMINISTRATOR");
    String cookie = "tenure_session=" + reply.json().path("session_token").stringValue();

    JsonNode caller = send(gateway.to("/api/v1/caller").header("Cookie", cookie).GET()).json();
    assertThat(caller.path("person").path("username").stringValue()).isEqualTo(USERNAME);
    assertThat(caller.path("project_id").stringValue()).isEqualTo("bank");

    HttpRequest.Builder forged =
        gateway.to("/api/v1/sessions/current").header("Cookie", cookie).DELETE();
    assertThat(send(forged).status()).isEqualTo(403);
    HttpRequest.Builder meant =
        gateway
            .to("/api/v1/sessions/current")
            .header("Cookie", cookie)
            .header("Tenure-Csrf", "1")
            .DELETE();
    assertThat(send(meant).status()).isEqualTo(200);
    assertThat(send(gateway.to("/api/v1/caller").header("Cookie", cookie).GET()).status())
        .isEqualTo(401);
  }

  @Test
  void acceptsTheSessionAsBearerToken() throws Exception {
    String token = signIn(USERNAME, PASSWORD).json().path("session_token").stringValue();
    Reply reply =
        send(gateway.to("/api/v1/caller").header("Authorization", "Bearer " + token).GET());
    assertThat(reply.status()).isEqualTo(200);
    Reply elsewhere =
        send(
            gateway
                .to("/api/v1/caller")
                .header("Authorization", "Bearer " + token)
                .header("Tenure-Project-Id", "nowhere")
                .GET());
    assertThat(elsewhere.status()).isEqualTo(404);
  }

  @Test
  void slowsDownGuessing() throws Exception {
    for (int attempt = 0; attempt < 10; attempt++) {
      assertThat(signIn("mallory", "guess " + attempt).status()).isEqualTo(401);
    }
    Reply reply = signIn("mallory", "guess");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 60);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void refusesWrongPasswords() throws Exception {
    assertThat(signIn(USERNAME, "wrong").status()).isEqualTo(401);
  }

  @Test
  void refusesWithoutCredential() throws Exception {
    assertThat(send(gateway.to("/api/v1/caller").GET()).status()).isEqualTo(401);
    assertThat(
            send(gateway.to("/api/v1/caller").header("Authorization", "Bearer sk_nope").GET())
                .status())
        .isEqualTo(401);
    assertThat(send(gateway.to("/api/v1/caller").header("X-API-Key", "sk_nope").GET()).status())
        .isEqualTo(401);
  }

  @Test
  void keepsWriteKeysOutOfTheApi() throws Exception {
    Reply reply = send(gateway.to("/api/v1/segments").header("X-API-Key", WRITE_KEY).GET());
    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  void createsListsAndRevokesKeys() throws Exception {
    Reply created =
        gateway.post("/api/v1/keys", "{\"display_name\":\"app\",\"kind\":\"KEY_KIND_WRITE\"}");
    assertThat(created.status()).isEqualTo(200);
    String text = created.json().path("key_text").stringValue();
    String id = created.json().path("key").path("id").stringValue();
    assertThat(KeyText.isWellFormed(text)).isTrue();
    HttpRequest.Builder event =
        gateway.to("/sa?token=" + text).POST(BodyPublishers.ofString("data=x"));
    assertThat(send(event).status()).isEqualTo(200);

    assertThat(gateway.get("/api/v1/keys").body()).contains(id).doesNotContain(text);

    Reply revoked = gateway.post("/api/v1/keys/" + id + ":revoke", "{}");
    assertThat(revoked.json().path("key").path("revoke_time").stringValue()).isNotEmpty();
    assertThat(send(event).status()).isEqualTo(401);
    assertThat(gateway.post("/api/v1/keys/unknown:revoke", "").status()).isEqualTo(404);
  }

  @Test
  void enforcesTheRoleOfASecretKey() throws Exception {
    String text =
        gateway
            .post(
                "/api/v1/keys",
                """
                {"display_name":"reader","kind":"KEY_KIND_SECRET","role":"ROLE_ANALYST"}
                """)
            .json()
            .path("key_text")
            .stringValue();
    String bearer = "Bearer " + text;
    assertThat(send(gateway.to("/api/v1/ledger").header("Authorization", bearer).GET()).status())
        .isEqualTo(200);
    assertThat(gateway.services.caller().role()).isEqualTo(Role.ANALYST);
    assertThat(send(gateway.to("/api/v1/keys").header("Authorization", bearer).GET()).status())
        .isEqualTo(403);
    Reply change =
        send(json("/api/v1/segments/vips:compute", "{}").header("Authorization", bearer));
    assertThat(change.status()).isEqualTo(403);
    Reply query =
        send(json("/api/v1/analyses:run", "{\"query\":{}}").header("Authorization", bearer));
    assertThat(query.status()).isEqualTo(400);
  }

  @Test
  void createsAProjectWhoseKeysOpenOnlyIt() throws Exception {
    Reply created =
        gateway.post("/api/v1/projects", "{\"id\":\"second\",\"display_name\":\"Second\"}");
    assertThat(created.status()).isEqualTo(200);
    String secret = created.json().path("secret_key").stringValue();
    send(gateway.to("/api/v1/ledger").header("Authorization", "Bearer " + secret).GET());
    assertThat(gateway.services.caller().project().value()).isEqualTo("second");
    Reply foreign =
        send(
            gateway
                .to("/api/v1/ledger")
                .header("Authorization", "Bearer " + secret)
                .header("Tenure-Project-Id", "bank")
                .GET());
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(gateway.post("/api/v1/projects", "{\"id\":\"second\"}").status()).isEqualTo(409);
    assertThat(gateway.post("/api/v1/projects", "{\"id\":\"tenure-system\"}").status())
        .isEqualTo(400);
  }

  @Test
  void letsPeopleOpenFurtherProjectsToAWriteKey() throws Exception {
    gateway.post("/api/v1/projects", "{\"id\":\"branch\",\"display_name\":\"Branch\"}");
    String token = signIn(USERNAME, PASSWORD).json().path("session_token").stringValue();

    Reply created = createKey(token, "KEY_KIND_WRITE", "branch");
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    assertThat(created.json().path("key").path("other_project_ids").toString())
        .isEqualTo("[\"branch\"]");
    gateway.collector.forget();
    String text = created.json().path("key_text").stringValue();
    send(
        gateway
            .to("/sa?token=" + text)
            .header("Tenure-Other-Projects", "stolen")
            .POST(BodyPublishers.ofString("data=x")));
    CollectorStub.Received received = gateway.collector.take();
    assertThat(received.headers().getFirst("Tenure-Project")).isEqualTo("bank");
    assertThat(received.headers().get("Tenure-Other-Projects")).containsExactly("branch");
    send(
        gateway
            .to("/sa?token=" + WRITE_KEY)
            .header("Tenure-Other-Projects", "branch")
            .POST(BodyPublishers.ofString("data=x")));
    assertThat(gateway.collector.take().headers().get("Tenure-Other-Projects")).isNull();

    assertThat(createKey(token, "KEY_KIND_WRITE", "nowhere").status()).isEqualTo(400);
    assertThat(createKey(token, "KEY_KIND_WRITE", "bank").status()).isEqualTo(400);
    assertThat(createKey(token, "KEY_KIND_SECRET", "branch").status()).isEqualTo(400);
    assertThat(createKey(GatewayFixture.ADMIN_KEY, "KEY_KIND_WRITE", "branch").status())
        .as("a secret key opens its own project only")
        .isEqualTo(403);
  }

  private Reply createKey(String bearer, String kind, String other) throws Exception {
    String role = kind.equals("KEY_KIND_SECRET") ? ",\"role\":\"ROLE_ANALYST\"" : "";
    return send(
        json(
                "/api/v1/keys",
                "{\"display_name\":\"two\",\"kind\":\"%s\"%s,\"other_project_ids\":[\"%s\"]}"
                    .formatted(kind, role, other))
            .header("Authorization", "Bearer " + bearer)
            .header("Tenure-Project-Id", "bank"));
  }

  @Test
  void bootstrapsOnlyOnce() throws Exception {
    int before = gateway.get("/api/v1/keys").json().path("keys").size();
    gateway
        .bean(Bootstrap.class)
        .ensure(USERNAME, "other", "bank", WRITE_KEY, GatewayFixture.ADMIN_KEY);
    assertThat(gateway.get("/api/v1/keys").json().path("keys").size()).isEqualTo(before);
    assertThat(signIn(USERNAME, "other").status()).isEqualTo(401);
  }

  @Test
  void tellsTheHealthOfEveryServiceToAnybody() throws Exception {
    JsonNode health = send(gateway.to("/api/v1/health").GET()).json();
    assertThat(health.path("services").size()).isEqualTo(6);
    assertThat(health.path("healthy").booleanValue()).as(health.toString()).isTrue();
    gateway.collector.answer(503);
    JsonNode sick = send(gateway.to("/api/v1/health").GET()).json();
    assertThat(sick.path("healthy").booleanValue()).isFalse();
    assertThat(sick.toString()).contains("is not ready to serve");
  }
}
