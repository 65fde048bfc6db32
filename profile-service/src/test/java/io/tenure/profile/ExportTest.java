package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.computed.ComputedChange;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.domain.erasure.Eraser;
import io.tenure.proto.consent.v1.ConsentDecision;
import io.tenure.proto.consent.v1.ConsentServiceGrpc;
import io.tenure.proto.consent.v1.ConsentState;
import io.tenure.proto.consent.v1.Purpose;
import io.tenure.proto.consent.v1.RecordConsentsRequest;
import io.tenure.proto.erasure.v1.CreateErasureRequest;
import io.tenure.proto.erasure.v1.ErasureServiceGrpc;
import io.tenure.proto.export.v1.Export;
import io.tenure.proto.export.v1.ExportPersonRequest;
import io.tenure.proto.export.v1.ExportPersonResponse;
import io.tenure.proto.export.v1.ExportServiceGrpc;
import io.tenure.proto.export.v1.ExportServiceGrpc.ExportServiceBlockingStub;
import io.tenure.proto.export.v1.ListExportsRequest;
import io.tenure.proto.export.v1.ListExportsResponse;
import io.tenure.proto.export.v1.State;
import io.tenure.proto.profile.v1.IdentityPlan;
import io.tenure.proto.profile.v1.IdentityServiceGrpc;
import io.tenure.proto.profile.v1.MergeServiceGrpc;
import io.tenure.proto.profile.v1.MergeUsersRequest;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.UpdateIdentityPlanRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Handing people what is kept about them, as far as the profile service keeps it. */
final class ExportTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static ProfileServer server;

  private People people;
  private ProjectId project;

  @BeforeAll
  static void start() throws Exception {
    server = People.server("export");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void fill() {
    people = new People(server);
    project = people.project();
    people.declare(
        "{\"name\": \"card\", \"dataClass\": \"C2\"}, {\"name\": \"pin\", \"dataClass\": \"C3\"}");
    people.apply(People.person("anna").setAnonymousId("phone-of-anna").setBind(true));
    people.apply(People.person("bert").setAnonymousId("phone-of-bert").setBind(true));
  }

  @Test
  void handsOutWhatIsKnownAboutAPersonAndNothingOfOthers() {
    people.apply(
        ProfileRecord.newBuilder()
            .setAnonymousId("tablet-of-anna")
            .setEventName("Open")
            .addChanges(People.set("city", "\"Xi'an\"")));
    merge("tablet-of-anna", "anna");
    people.apply(
        People.person("anna").addChanges(People.set("balance", "12345678901234567890.12")));
    consent("anna", "text-of-anna");
    consent("bert", "text-of-bert");
    computed(1, "payday", "25");
    computed(2, "payday", "7");

    JsonNode document = export("phone-of-anna");

    assertThat(document.path("schema_version").intValue()).isEqualTo(1);
    JsonNode header = document.path("header");
    assertThat(header.path("project_id").asString()).isEqualTo(project.value());
    assertThat(header.path("person").path("user_numbers").toString()).isEqualTo("[1,3]");
    assertThat(header.path("person").path("login_ids").toString()).isEqualTo("[\"anna\"]");
    JsonNode sections = document.path("sections");
    JsonNode profile = sections.path("profiles").path(0);
    assertThat(profile.path("traits").path("card").asString()).isEqualTo("card-of-anna");
    assertThat(profile.path("traits").path("city").asString()).isEqualTo("Xi'an");
    assertThat(profile.path("traits").path("balance").decimalValue())
        .as("no digit is lost")
        .isEqualByComparingTo("12345678901234567890.12");
    assertThat(profile.path("activity").path("events").path("Login").path("count").intValue())
        .isEqualTo(2);
    assertThat(sections.path("identity_decisions").toString())
        .contains("phone-of-anna", "tablet-of-anna", "MERGED");
    assertThat(sections.path("trait_history").toString()).contains("card-of-anna");
    assertThat(sections.path("computed_traits").path(0).path("traits").path("payday").intValue())
        .isEqualTo(25);
    assertThat(sections.path("consents").path(0).path("text_version").asString())
        .isEqualTo("text-of-anna");
    assertThat(sections.path("consent_states").toString()).contains("SHARING", "WITHDRAWN");
    assertThat(sections.path("merges").path(0).path("reason").asString())
        .isEqualTo("one phone number");
    assertThat(sections.has("segments")).isTrue();
    assertThat(document.toString())
        .doesNotContain("bert")
        .as("who works for the institution is nothing about the person")
        .doesNotContain("person:test");
    JsonNode summary = document.path("summary");
    assertThat(summary.path("complete").booleanValue()).isTrue();
    sections
        .properties()
        .forEach(
            section ->
                assertThat(summary.path("counts").path(section.getKey()).intValue())
                    .as(section.getKey())
                    .isEqualTo(section.getValue().size()));
    assertThat(summary.path("remarks").toString())
        .as("nobody answers for the segments here")
        .contains("did not answer");
  }

  @Test
  void namesWhatNobodyMaySeeWithoutItsValue() {
    people.apply(People.person("anna").addChanges(People.set("pin", "\"4711-secret\"")));

    JsonNode document = export("anna");

    assertThat(document.toString()).doesNotContain("4711-secret");
    assertThat(document.path("sections").path("profiles").path(0).path("masked_traits").toString())
        .isEqualTo("[\"pin\"]");
    assertThat(document.path("summary").path("remarks").toString()).contains("class C3");
  }

  @Test
  void aDecisionThatInvolvesSomebodyElseDoesNotSayWhom() {
    people.as(
        Role.ADMINISTRATOR,
        () ->
            IdentityServiceGrpc.newBlockingStub(server.channel())
                .updateIdentityPlan(
                    UpdateIdentityPlanRequest.newBuilder()
                        .setPlan(
                            IdentityPlan.newBuilder().setKind(IdentityPlan.Kind.KIND_MANY_TO_ONE))
                        .build()));
    people.apply(ProfileRecord.newBuilder().setAnonymousId("kiosk").setEventName("Open"));
    people.apply(
        ProfileRecord.newBuilder()
            .setLoginId("bert")
            .setAnonymousId("kiosk")
            .setBind(true)
            .setEventName("Login"));

    JsonNode document = export("user_number:3");

    JsonNode decisions = document.path("sections").path("identity_decisions");
    assertThat(decisions).as("it came, and it went to somebody").hasSize(2);
    assertThat(decisions.path(1).path("id").asString()).isEqualTo("kiosk");
    assertThat(decisions.path(1).path("former_user_number").intValue()).isEqualTo(3);
    assertThat(decisions.path(1).path("involves_somebody_else").booleanValue()).isTrue();
    assertThat(decisions.path(1).has("user_number")).isFalse();
    assertThat(document.toString()).doesNotContain("bert");
  }

  @Test
  void onlyAdministratorsExportAndNobodyIsToldOfUnknownPeople() {
    for (Role role : List.of(Role.WRITER, Role.ANALYST, Role.EDITOR)) {
      assertThat(refused(role, stub -> read(stub, "anna"))).isEqualTo(Reason.PERMISSION_DENIED);
      assertThat(refused(role, stub -> stub.listExports(ListExportsRequest.getDefaultInstance())))
          .isEqualTo(Reason.PERMISSION_DENIED);
    }
    assertThat(refused(Role.ADMINISTRATOR, stub -> read(stub, "nobody")))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(refused(Role.ADMINISTRATOR, stub -> read(stub, "")))
        .isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(list(ListExportsRequest.getDefaultInstance()).getExportsList()).isEmpty();
  }

  @Test
  void writesDownWhoWasExportedByWhomPageByPage() {
    export("anna");
    export("bert");

    ListExportsRequest first = ListExportsRequest.newBuilder().setPageSize(1).build();
    ListExportsResponse page = list(first);
    ListExportsResponse next =
        list(first.toBuilder().setPageToken(page.getNextPageToken()).build());

    assertThat(next.getNextPageToken()).isEmpty();
    assertThat(page.getExports(0).getUserNumbersList()).containsExactly(2);
    Export export = next.getExports(0);
    assertThat(export.getUserNumbersList()).containsExactly(1);
    assertThat(export.getAuthor()).isEqualTo("person:test");
    assertThat(export.getState()).isEqualTo(State.STATE_COMPLETE);
    assertThat(export.getCountsMap()).containsEntry("profiles", 1L);
    assertThat(export.getSize()).isGreaterThan(100);
    assertThat(export.hasEndTime()).isTrue();
  }

  @Test
  void anErasedPersonIsExportedNoMoreAndTheirExportsNameNobody() {
    export("anna");
    people.as(
        Role.ADMINISTRATOR,
        () ->
            ErasureServiceGrpc.newBlockingStub(server.channel())
                .createErasure(CreateErasureRequest.newBuilder().setUserId("anna").build()));
    assertThat(refused(Role.ADMINISTRATOR, stub -> read(stub, "anna")))
        .isEqualTo(Reason.FAILED_PRECONDITION);
    await(
        () -> {
          server.bean(Eraser.class).run();
          return refused(Role.ADMINISTRATOR, stub -> read(stub, "anna")) == Reason.NOT_FOUND;
        });

    Export export = list(ListExportsRequest.getDefaultInstance()).getExports(0);
    assertThat(export.getUserNumbersList()).isEmpty();
    assertThat(export.getAuthor()).isEqualTo("person:test");
  }

  @Test
  void oneRunsAtATimeAndOneWhoLeavesMakesRoomAndIsCountedAsIncomplete() {
    ClientCall<ExportPersonRequest, ExportPersonResponse> stuck =
        people.as(
            Role.ADMINISTRATOR,
            () -> {
              var call =
                  server
                      .channel()
                      .newCall(ExportServiceGrpc.getExportPersonMethod(), CallOptions.DEFAULT);
              // Nothing is requested, so the service has to wait with its first part.
              call.start(new ClientCall.Listener<>() {}, new Metadata());
              call.sendMessage(ExportPersonRequest.newBuilder().setUserId("anna").build());
              call.halfClose();
              return call;
            });
    await(() -> list(ListExportsRequest.getDefaultInstance()).getExportsCount() == 1);
    assertThat(list(ListExportsRequest.getDefaultInstance()).getExports(0).getState())
        .isEqualTo(State.STATE_RUNNING);
    assertThat(refused(Role.ADMINISTRATOR, stub -> read(stub, "bert")))
        .isEqualTo(Reason.RESOURCE_EXHAUSTED);

    stuck.cancel("the reader is gone", null);

    await(
        () ->
            list(ListExportsRequest.getDefaultInstance()).getExports(0).getState()
                == State.STATE_INCOMPLETE);
    assertThat(export("bert").path("summary").path("complete").booleanValue()).isTrue();
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("it goes on").isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private JsonNode export(String id) {
    return Json.read(as(Role.ADMINISTRATOR, stub -> read(stub, id)));
  }

  private static String read(ExportServiceBlockingStub stub, String id) {
    StringBuilder document = new StringBuilder();
    stub.exportPerson(ExportPersonRequest.newBuilder().setUserId(id).build())
        .forEachRemaining(
            part -> document.append(part.getContent().toString(StandardCharsets.UTF_8)));
    return document.toString();
  }

  private ListExportsResponse list(ListExportsRequest request) {
    return as(Role.ADMINISTRATOR, stub -> stub.listExports(request));
  }

  private Reason refused(Role role, Function<ExportServiceBlockingStub, ?> call) {
    return ProfileServer.refusal(() -> as(role, call)).reason();
  }

  private <T> T as(Role role, Function<ExportServiceBlockingStub, T> call) {
    return people.as(role, () -> call.apply(ExportServiceGrpc.newBlockingStub(server.channel())));
  }

  private void merge(String user, String other) {
    people.as(
        Role.ADMINISTRATOR,
        () ->
            MergeServiceGrpc.newBlockingStub(server.channel())
                .mergeUsers(
                    MergeUsersRequest.newBuilder()
                        .setUserId(user)
                        .setOtherUserId(other)
                        .setReason("one phone number")
                        .build()));
  }

  private void consent(String login, String text) {
    people.as(
        Role.ADMINISTRATOR,
        () ->
            ConsentServiceGrpc.newBlockingStub(server.channel())
                .recordConsents(
                    RecordConsentsRequest.newBuilder()
                        .setRequestId("consent-" + login)
                        .addDecisions(
                            ConsentDecision.newBuilder()
                                .setLoginId(login)
                                .setPurpose(Purpose.PURPOSE_SHARING)
                                .setState(ConsentState.CONSENT_STATE_WITHDRAWN)
                                .setTextVersion(text))
                        .build()));
  }

  private void computed(long user, String trait, String value) {
    server
        .bean(ComputedValues.class)
        .add(
            List.of(
                new ComputedChange(
                    project,
                    trait,
                    user,
                    trait,
                    new TraitValue(value),
                    People.BEFORE,
                    user,
                    "computation-" + user)));
  }
}
