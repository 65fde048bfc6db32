package io.tenure.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.tenure.collector.api.SealedForms;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.CollectorServiceGrpc;
import io.tenure.proto.event.v1.GetLedgerRequest;
import io.tenure.proto.event.v1.Ledger;
import io.tenure.proto.sdk.v1.CreateEncryptionKeyRequest;
import io.tenure.proto.sdk.v1.DestroyEncryptionKeyRequest;
import io.tenure.proto.sdk.v1.EncryptionKey;
import io.tenure.proto.sdk.v1.EncryptionKeyState;
import io.tenure.proto.sdk.v1.EncryptionScheme;
import io.tenure.proto.sdk.v1.GetRemoteConfigRequest;
import io.tenure.proto.sdk.v1.ListEncryptionKeysRequest;
import io.tenure.proto.sdk.v1.RemoteConfig;
import io.tenure.proto.sdk.v1.RetireEncryptionKeyRequest;
import io.tenure.proto.sdk.v1.SdkServiceGrpc;
import io.tenure.proto.sdk.v1.SdkServiceGrpc.SdkServiceBlockingStub;
import io.tenure.proto.sdk.v1.UpdateRemoteConfigRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys, encrypted records and configurations, through the doors of a started collector. */
final class SdkApplicationTest {

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    collector =
        new CollectorFixture(
            directory,
            "--tenure.collector.settings-refresh=50ms",
            "--tenure.collector.secret-key=" + Base64.getEncoder().encodeToString(new byte[32]));
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  @ParameterizedTest
  @CsvSource({"RSA", "EC", "SM2"})
  void takesEncryptedRecords(String name) throws Exception {
    EncryptionKey key = create(scheme(name), "", "");
    SealedForms sdk = SealedForms.with(name, key.getPublicKey());
    int version = Integer.parseInt(key.getVersion());
    awaitConfig(configs -> configs.toString().contains(key.getPublicKey()));

    assertThat(
            post(
                SealedForms.mobileForm(
                    9, "[" + sdk.wrapper(version, sdk.payload(event("A"))) + "]")))
        .isEqualTo(200);
    assertThat(
            post(
                SealedForms.mobileForm(
                    13,
                    "["
                        + sdk.transportWrapper(
                            version, sdk.payload("[" + event("B") + "," + event("C") + "]"))
                        + "]")))
        .isEqualTo(200);
    assertThat(
            post(
                SealedForms.mobileForm(
                    9, "[" + sdk.wrapper(version + 100, sdk.payload(event("D"))) + "]")))
        .isEqualTo(200);

    Ledger ledger = ledger();
    assertThat(ledger.getAccepted()).isEqualTo(3);
    assertThat(ledger.getQuarantineReasonsMap()).isEqualTo(Map.of("KEY_UNKNOWN", 1L));
  }

  @Test
  void takesRecordsOfAPresharedKey() throws Exception {
    byte[] shared = "0123456789abcdef".getBytes(UTF_8);
    create(
        EncryptionScheme.ENCRYPTION_SCHEME_PRESHARED_AES,
        "1",
        Base64.getEncoder().encodeToString(shared));
    String form = SealedForms.webForm(SealedForms.preshared("1", shared, event("A")));

    // Each attempt before the key is known is kept aside, once.
    for (int i = 0; i < 200 && ledger().getAccepted() == 0; i++) {
      assertThat(post(form)).isEqualTo(200);
      Thread.sleep(Duration.ofMillis(50));
    }

    assertThat(ledger().getAccepted()).isEqualTo(1);
  }

  @Test
  void neverShowsOrStoresAPrivatePartInTheOpen() throws Exception {
    byte[] shared = "fedcba9876543210".getBytes(UTF_8);
    String secret = Base64.getEncoder().encodeToString(shared);
    EncryptionKey key = create(EncryptionScheme.ENCRYPTION_SCHEME_PRESHARED_AES, "hidden", secret);
    create(EncryptionScheme.ENCRYPTION_SCHEME_RSA_AES, "", "");

    List<EncryptionKey> listed =
        as(
            Role.ANALYST,
            stub ->
                stub.listEncryptionKeys(ListEncryptionKeysRequest.getDefaultInstance())
                    .getEncryptionKeysList());
    assertThat(listed).hasSize(2).contains(key);
    assertThat(listed.toString()).doesNotContain(secret);
    String bodies = String.join("\n", bodies());
    assertThat(bodies).contains("gcm:").doesNotContain(secret);
    awaitConfig(configs -> configs.has("key"));
    assertThat(keptKeys()).contains("gcm:").doesNotContain(secret);
  }

  @Test
  void erasesADestroyedKeyFromItsHistory() throws Exception {
    EncryptionKey key = create(EncryptionScheme.ENCRYPTION_SCHEME_SM2_SM4, "", "");
    as(
        Role.ADMINISTRATOR,
        stub ->
            stub.retireEncryptionKey(
                RetireEncryptionKeyRequest.newBuilder().setId(key.getId()).build()));

    EncryptionKey destroyed =
        as(
                Role.ADMINISTRATOR,
                stub ->
                    stub.destroyEncryptionKey(
                        DestroyEncryptionKeyRequest.newBuilder().setId(key.getId()).build()))
            .getEncryptionKey();

    assertThat(destroyed.getState()).isEqualTo(EncryptionKeyState.ENCRYPTION_KEY_STATE_DESTROYED);
    assertThat(bodies()).hasSize(3).noneMatch(body -> body.contains("gcm:"));
  }

  @Test
  void letsOnlyAdministratorsMakeKeysAndOnlyEditorsConfigure() {
    CreateEncryptionKeyRequest request =
        CreateEncryptionKeyRequest.newBuilder()
            .setScheme(EncryptionScheme.ENCRYPTION_SCHEME_RSA_AES)
            .build();
    assertThatThrownBy(() -> as(Role.EDITOR, stub -> stub.createEncryptionKey(request)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("PERMISSION_DENIED");
    assertThatThrownBy(() -> update(Role.ANALYST, RemoteConfig.getDefaultInstance()))
        .hasMessageContaining("PERMISSION_DENIED");
    assertThatThrownBy(() -> get(Role.WRITER, "android")).hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void answersAConfigurationOnceAndThen304() throws Exception {
    HttpResponse<String> first = fetch("/config/Android.conf?app_id=com.bank");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode document = Json.read(first.body());
    assertThat(document.path("configs").path("disableSDK").booleanValue()).isFalse();
    String known =
        "/config/Android.conf?v=%s&nv=%s&app_id=com.bank"
            .formatted(
                document.path("v").stringValue(),
                document.path("configs").path("nv").stringValue());
    assertThat(fetch(known).statusCode()).isEqualTo(304);

    RemoteConfig changed =
        update(
            Role.EDITOR,
            RemoteConfig.newBuilder()
                .setPlatform("android")
                .setAutoTrackMode(3)
                .addEventBlacklist("Noise")
                .setEffectAtOnce(true)
                .build());

    awaitConfig(configs -> configs.path("autoTrackMode").intValue() == 3);
    HttpResponse<String> second = fetch(known);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body())
        .contains("\"event_blacklist\":[\"Noise\"]")
        .contains("\"effect_mode\":1");
    assertThat(Json.read(fetch("/config/iOS.conf").body()).path("configs").path("autoTrackMode"))
        .hasToString("-1");
    assertThat(get(Role.ANALYST, "android")).isEqualTo(changed);
  }

  @Test
  void changesOnlyTheConfigurationSomebodyHasRead() {
    RemoteConfig first = get(Role.ANALYST, "ios");
    assertThat(first.getEtag()).isEmpty();
    assertThat(first.getAutoTrackMode()).isEqualTo(-1);
    RemoteConfig second =
        update(Role.EDITOR, first.toBuilder().setSupportTransportEncrypt(true).build());
    update(Role.EDITOR, second.toBuilder().setDisableDebugMode(true).build());

    assertThatThrownBy(() -> update(Role.EDITOR, second)).hasMessageContaining("ABORTED");
    assertThatThrownBy(() -> update(Role.EDITOR, first.toBuilder().setPlatform("web").build()))
        .hasMessageContaining("INVALID_ARGUMENT");
    assertThatThrownBy(() -> update(Role.EDITOR, first.toBuilder().setAutoTrackMode(99).build()))
        .hasMessageContaining("INVALID_ARGUMENT");
    assertThat(get(Role.ANALYST, "ios").getSupportTransportEncrypt()).isTrue();
  }

  @Test
  void answersVisualConfigurationsWithAnEmptyOne() throws Exception {
    HttpResponse<String> android = fetch("/config/visualized/Android.conf?app_id=com.bank");
    JsonNode visual = Json.read(android.body());
    assertThat(visual.path("os").stringValue()).isEqualTo("Android");
    assertThat(visual.path("app_id").stringValue()).isEqualTo("com.bank");
    assertThat(visual.path("events").isEmpty()).isTrue();
    String version = visual.path("version").stringValue();
    assertThat(fetch("/config/visualized/Android.conf?v=" + version).statusCode()).isEqualTo(304);

    HttpResponse<String> web =
        fetch(
            "/config/visualized/Web.conf?callback=saJSSDKVtrackCollectConfig&app_id=bank.example");
    assertThat(web.headers().firstValue("Content-Type")).contains("application/javascript");
    assertThat(web.body()).startsWith("saJSSDKVtrackCollectConfig(200,{").endsWith("});");
    assertThat(fetch("/config/visualized/Web.conf?callback=f&v=" + version).body())
        .isEqualTo("f(304);");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alert(1)//", "a.b", "1a", "%3Cscript%3E", ""})
  void callsOnlyNamedFunctions(String callback) throws Exception {
    HttpResponse<String> reply =
        fetch(
            "/config/visualized/Web.conf?app_id=%3Cscript%3E&callback="
                + callback.replace("(", "%28").replace(")", "%29"));

    if (callback.isEmpty()) {
      assertThat(reply.body()).startsWith("saJSSDKVtrackCollectConfig(").doesNotContain("<");
    } else {
      assertThat(reply.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void saysPlainlyThatItKnowsNoOpenid() throws Exception {
    HttpResponse<String> reply = fetch("/mp_login?code=x&appid=y");

    assertThat(reply.statusCode()).isEqualTo(404);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(reply.body()).contains("openid").doesNotContain("\"openid\"");
  }

  private static EncryptionScheme scheme(String name) {
    return switch (name) {
      case "RSA" -> EncryptionScheme.ENCRYPTION_SCHEME_RSA_AES;
      case "EC" -> EncryptionScheme.ENCRYPTION_SCHEME_EC_AES;
      default -> EncryptionScheme.ENCRYPTION_SCHEME_SM2_SM4;
    };
  }

  private EncryptionKey create(EncryptionScheme scheme, String version, String secret) {
    CreateEncryptionKeyRequest request =
        CreateEncryptionKeyRequest.newBuilder()
            .setScheme(scheme)
            .setVersion(version)
            .setPrivateKey(secret)
            .build();
    return as(Role.ADMINISTRATOR, stub -> stub.createEncryptionKey(request).getEncryptionKey());
  }

  private RemoteConfig get(Role role, String platform) {
    GetRemoteConfigRequest request =
        GetRemoteConfigRequest.newBuilder().setPlatform(platform).build();
    return as(role, stub -> stub.getRemoteConfig(request).getRemoteConfig());
  }

  private RemoteConfig update(Role role, RemoteConfig config) {
    UpdateRemoteConfigRequest request =
        UpdateRemoteConfigRequest.newBuilder().setRemoteConfig(config).build();
    return as(role, stub -> stub.updateRemoteConfig(request).getRemoteConfig());
  }

  private void awaitConfig(Predicate<JsonNode> wanted) throws Exception {
    for (int i = 0; i < 200; i++) {
      HttpResponse<String> reply = fetch("/config/Android.conf");
      if (reply.statusCode() == 200 && wanted.test(Json.read(reply.body()).path("configs"))) {
        return;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("The configuration did not change");
  }

  /** The copy beside the log, once it holds this project. */
  private String keptKeys() throws Exception {
    Path file = directory.resolve("settings/encryption-key.json");
    for (int i = 0; i < 200; i++) {
      if (Files.exists(file) && Files.readString(file).contains(project)) {
        return Files.readString(file);
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("The keys were not kept");
  }

  /** All revisions as they lie in the store. */
  private List<String> bodies() {
    return collector
        .bean(ClickHouse.class)
        .query(
            "SELECT body FROM definitions WHERE kind = 'encryption-key' AND project_id ="
                + " {project:String}",
            Map.of("project", project),
            row -> row.getString("body"));
  }

  private Ledger ledger() {
    return CallerContext.as(
        new Caller(new ProjectId(project), "person:test", Role.ANALYST),
        () ->
            CollectorServiceGrpc.newBlockingStub(collector.channel())
                .getLedger(GetLedgerRequest.getDefaultInstance())
                .getLedger());
  }

  private interface Call<T> {
    T with(SdkServiceBlockingStub stub);
  }

  private <T> T as(Role role, Call<T> call) {
    return CallerContext.as(
        new Caller(new ProjectId(project), "person:test", role),
        () -> call.with(SdkServiceGrpc.newBlockingStub(collector.channel())));
  }

  private static String event(String name) {
    return "{\"type\":\"track\",\"event\":\"%s\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{}}"
        .formatted(name, Instant.now().toEpochMilli());
  }

  private int post(String form) throws IOException, InterruptedException {
    return send(request("/sa").POST(HttpRequest.BodyPublishers.ofString(form))).statusCode();
  }

  private HttpResponse<String> fetch(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return collector.to(path, project);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return collector.send(request);
  }
}
