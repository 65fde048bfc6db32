package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.tenure.gateway.api.rest.MessageWriter;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.ExplainFlagRequest;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.standalone.runtime.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenFeature SDK for Java with its OFREP provider, as published. */
final class OpenFeatureJavaSdkTest {

  private static final Set<String> ASKING_NOTHING =
      Set.of("welcome", "rate", "theme", "program-default");

  private static FlagProject project;
  private static Client client;

  @BeforeAll
  static void connect() {
    project = FlagProject.in(TestPlatform.running(), "openfeature-java");
    client = client(project.id(), project.writeKey());
  }

  @AfterAll
  static void leave() {
    OpenFeatureAPI.getInstance().shutdown();
    project.close();
  }

  private static Client client(String domain, String key) {
    OfrepProviderOptions options =
        OfrepProviderOptions.builder()
            .baseUrl(project.gateway().toString())
            .headers(ImmutableMap.of("Authorization", ImmutableList.of("Bearer " + key)))
            .build();
    OpenFeatureAPI api = OpenFeatureAPI.getInstance();
    api.setProviderAndWait(domain, OfrepProvider.constructProvider(options));
    return api.getClient(domain);
  }

  private static EvaluationContext user(String id) {
    return new ImmutableContext(id);
  }

  private static EvaluationContext userIn(String city, String id) {
    return new ImmutableContext(id, Map.of("city", new Value(city)));
  }

  @Test
  void servesAValueOfEachType() {
    FlagEvaluationDetails<String> text = client.getStringDetails("welcome", "Hello", user("ann"));
    assertThat(text.getValue()).isEqualTo("Good day");
    assertThat(text.getVariant()).isEqualTo("day");
    assertThat(text.getReason()).isEqualTo("STATIC");
    assertThat(text.getErrorCode()).isNull();
    assertThat(text.getFlagMetadata().asUnmodifiableMap()).isEmpty();

    assertThat(client.getIntegerValue("page-size", 10, user("ann"))).isIn(20, 50);
    assertThat(client.getDoubleValue("rate", 1.0, user("ann"))).isEqualTo(0.25);
    Structure theme = client.getObjectValue("theme", new Value("none"), user("ann")).asStructure();
    assertThat(theme.asObjectMap())
        .containsOnly(
            entry("colour", "#0a0"), entry("sizes", List.of(12, 14.5)), entry("dark", false));
  }

  @Test
  void servesWhatAConditionSays() {
    FlagEvaluationDetails<Boolean> here =
        client.getBooleanDetails("new-menu", false, userIn("Shanghai", "ann"));
    FlagEvaluationDetails<Boolean> there =
        client.getBooleanDetails("new-menu", true, userIn("Beijing", "ann"));

    assertThat(here.getValue()).isTrue();
    assertThat(here.getReason()).isEqualTo("TARGETING_MATCH");
    assertThat(here.getFlagMetadata().getString("rule")).isEqualTo("shanghai");
    assertThat(there.getValue()).isFalse();
    assertThat(there.getVariant()).isEqualTo("off");
    assertThat(there.getReason()).isEqualTo("DEFAULT");
  }

  @Test
  void splitsUsersAndKeepsThem() {
    Set<Integer> served = new TreeSet<>();
    for (String id : users()) {
      FlagEvaluationDetails<Integer> first = client.getIntegerDetails("page-size", 10, user(id));
      assertThat(first.getReason()).isEqualTo("SPLIT");
      assertThat(client.getIntegerDetails("page-size", 10, user(id))).isEqualTo(first);
      served.add(first.getValue());
    }
    assertThat(served).containsExactly(20, 50);
  }

  @Test
  void servesTheOffVariantOfADisabledFlag() {
    FlagEvaluationDetails<Boolean> details =
        client.getBooleanDetails("old-screen", true, user("ann"));

    assertThat(details.getValue()).isFalse();
    assertThat(details.getVariant()).isEqualTo("off");
    assertThat(details.getReason()).isEqualTo("DISABLED");
  }

  @Test
  void leavesAValueOfNullToTheProgram() {
    assertThat(client.getStringValue("program-default", "mine", user("ann"))).isEqualTo("mine");
    assertThat(client.getIntegerValue("program-default", 7, user("ann"))).isEqualTo(7);
  }

  @Test
  void provesWhatAnExperimentDealtAndRecordsWhoSawIt() {
    FlagEvaluationDetails<String> details =
        client.getStringDetails("checkout", "one", user("buyer"));
    assertThat(details.getReason()).isEqualTo("SPLIT");
    assertThat(details.getFlagMetadata().getString("experiment")).isEqualTo("checkout-test");
    String token = details.getFlagMetadata().getString("exposureToken");
    assertThat(token).isNotBlank();

    String exposures = Json.write(Map.of("exposures", List.of(Map.of("token", token))));
    JsonNode recorded = project.postAsApp("/api/v1/exposures:record", exposures);
    JsonNode again = project.postAsApp("/api/v1/exposures:record", exposures);

    assertThat(result(recorded)).isEqualTo("RESULT_ACCEPTED");
    assertThat(result(again)).isEqualTo("RESULT_DUPLICATE");
    try (Api team = new Api(project.gateway(), project.secretKey())) {
      List<JsonNode> events = new StoredRecords(team).events("buyer", "experiment_exposure", 1);
      assertThat(events).hasSize(1);
      JsonNode properties = events.getFirst().path("properties");
      assertThat(properties.path("experiment").asString()).isEqualTo("checkout-test");
      assertThat(properties.path("variant").asString()).isEqualTo(details.getVariant());
      assertThat(properties.path("flag").asString()).isEqualTo("checkout");
      assertThat(properties.path("unit").asString()).isEqualTo("buyer");
    }
  }

  private static String result(JsonNode recorded) {
    return recorded.path("outcomes").path(0).path("result").asString();
  }

  @Test
  void decidesTheSameAtEveryDoor() {
    ManagedChannel channel =
        InProcessChannelBuilder.forName(Service.EXPERIMENT.label())
            .intercept(new CallerPropagation())
            .build();
    try {
      FlagServiceGrpc.FlagServiceBlockingStub flags = FlagServiceGrpc.newBlockingStub(channel);
      for (String id : users().subList(0, 5)) {
        for (String key : FlagProject.KEYS) {
          Decision decision = decided(key, id);

          assertThat(ofrep(key, id)).as("single").isEqualTo(decision);
          assertThat(allByOfrep(id)).as("bulk").contains(decision);
          assertThat(explained(key, id)).as("REST").isEqualTo(decision);
          assertThat(evaluatedByRpc(flags, key, id)).as("gRPC").isEqualTo(decision);
          assertThat(explainedByRpc(flags, key, id)).as("gRPC").isEqualTo(decision);
        }
      }
    } finally {
      channel.shutdownNow();
    }
  }

  /** By the SDK; it has no value for a flag that leaves its value to the program. */
  private static Decision decided(String key, String id) {
    FlagEvaluationDetails<Value> details = client.getObjectDetails(key, new Value("own"), user(id));
    if (details.getErrorCode() == ErrorCode.FLAG_NOT_FOUND) {
      assertThat(key).isEqualTo("program-default");
      assertThat(details.getValue()).isEqualTo(new Value("own"));
      return ofrep(key, id);
    }
    Map<String, Object> metadata = details.getFlagMetadata().asUnmodifiableMap();
    return new Decision(
        details.getFlagKey(),
        json(details.getValue()),
        details.getVariant(),
        details.getReason(),
        metadata.getOrDefault("rule", "").toString(),
        metadata.getOrDefault("experiment", "").toString());
  }

  private static JsonNode json(Value value) {
    return Json.read(Json.write(new ImmutableStructure(Map.of("it", value)).asObjectMap()))
        .path("it");
  }

  private static Decision ofrep(String key, String id) {
    return Decision.ofOfrep(
        project.postAsApp(
            "/ofrep/v1/evaluate/flags/" + key,
            Json.write(Map.of("context", Map.of("targetingKey", id)))));
  }

  private static List<Decision> allByOfrep(String id) {
    return project
        .postAsApp(
            "/ofrep/v1/evaluate/flags", Json.write(Map.of("context", Map.of("targetingKey", id))))
        .path("flags")
        .valueStream()
        .map(Decision::ofOfrep)
        .toList();
  }

  private static Decision explained(String key, String id) {
    JsonNode reply =
        project.post("/api/v1/flags/" + key + ":explain", Json.write(Map.of("targeting_key", id)));
    // Where nothing is asked and nothing dealt, there is nothing to tell.
    assertThat(reply.path("steps").isEmpty()).as(key).isEqualTo(ASKING_NOTHING.contains(key));
    return Decision.ofEvaluation(reply.path("evaluation"));
  }

  private static Decision evaluatedByRpc(
      FlagServiceGrpc.FlagServiceBlockingStub flags, String key, String id) {
    EvaluateFlagRequest request =
        EvaluateFlagRequest.newBuilder().setFlagKey(key).setTargetingKey(id).build();
    Caller app = new Caller(new ProjectId(project.id()), "key:app", Role.WRITER);
    return read(CallerContext.as(app, () -> flags.evaluateFlag(request).getEvaluation()));
  }

  private static Decision explainedByRpc(
      FlagServiceGrpc.FlagServiceBlockingStub flags, String key, String id) {
    ExplainFlagRequest request =
        ExplainFlagRequest.newBuilder().setFlagKey(key).setTargetingKey(id).build();
    Caller analyst = new Caller(new ProjectId(project.id()), "person:ann", Role.ANALYST);
    return read(CallerContext.as(analyst, () -> flags.explainFlag(request).getEvaluation()));
  }

  private static Decision read(io.tenure.proto.experiment.v1.Evaluation evaluation) {
    return Decision.ofEvaluation(Json.MAPPER.readTree(MessageWriter.write(evaluation)));
  }

  @Test
  void tellsWhatIsWrong() {
    FlagEvaluationDetails<String> unknown = client.getStringDetails("gone", "mine", user("ann"));
    assertThat(unknown.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    assertThat(unknown.getValue()).isEqualTo("mine");
    assertThat(unknown.getReason()).isEqualTo("ERROR");

    FlagEvaluationDetails<Boolean> mistaken =
        client.getBooleanDetails("welcome", true, user("ann"));
    assertThat(mistaken.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(mistaken.getValue()).isTrue();

    // The provider makes one code of everything that is wrong with a context.
    FlagEvaluationDetails<String> nobody =
        client.getStringDetails("welcome", "mine", new ImmutableContext());
    assertThat(nobody.getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
    assertThat(nobody.getValue()).isEqualTo("mine");
  }

  @Test
  void readsAWholeNumberAsAnIntegerOnly() {
    FlagEvaluationDetails<Double> details = client.getDoubleDetails("page-size", 1.5, user("ann"));
    assertThat(details.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(details.getValue()).isEqualTo(1.5);

    Value number = client.getObjectValue("page-size", new Value(1.5), user("ann"));
    assertThat(number.asDouble()).isIn(20.0, 50.0);
  }

  @Test
  void refusesAKeyNobodyKnows() {
    Client stranger = client("openfeature-java-stranger", "wk_unknown");

    FlagEvaluationDetails<String> details =
        stranger.getStringDetails("welcome", "mine", user("ann"));

    assertThat(details.getErrorCode()).isEqualTo(ErrorCode.GENERAL);
    assertThat(details.getErrorMessage()).contains("authentication/authorization error");
    assertThat(details.getValue()).isEqualTo("mine");
  }

  private static List<String> users() {
    return IntStream.range(0, 30).mapToObj(number -> "user-" + number).toList();
  }
}
