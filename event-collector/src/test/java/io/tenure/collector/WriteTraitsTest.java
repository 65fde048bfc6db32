package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.StatusRuntimeException;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.EventOutcome;
import io.tenure.proto.event.v1.EventOutcome.Result;
import io.tenure.proto.event.v1.NewTraitChange;
import io.tenure.proto.event.v1.PropertyValue;
import io.tenure.proto.event.v1.TraitServiceGrpc;
import io.tenure.proto.event.v1.TraitWrite;
import io.tenure.proto.event.v1.WriteTraitsRequest;
import io.tenure.proto.event.v1.WriteTraitsResponse;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing traits through the API, on a running collector. */
final class WriteTraitsTest {

  @TempDir private static Path directory;
  private static CollectorFixture collector;

  @BeforeAll
  static void start() {
    collector = new CollectorFixture(directory);
  }

  @AfterAll
  static void stop() {
    collector.close();
  }

  @Test
  void bringsChangesToTheProfileExactlyOnceHoweverOftenTheyAreSent() throws Exception {
    WriteTraitsRequest request =
        request("r1")
            .addWrites(
                TraitWrite.newBuilder()
                    .setLoginId("ann")
                    .addChanges(change(Operation.OPERATION_SET, "city", "Brno"))
                    .addChanges(change(Operation.OPERATION_SET_ONCE, "first", "a"))
                    .addChanges(
                        change(Operation.OPERATION_INCREMENT, "sum")
                            .setValue(PropertyValue.newBuilder().setDecimal("12.50")))
                    .addChanges(change(Operation.OPERATION_UNSET, "old")))
            .addWrites(
                TraitWrite.newBuilder()
                    .setAnonymousId("phone")
                    .addChanges(
                        NewTraitChange.newBuilder().setOperation(Operation.OPERATION_DELETE)))
            .build();
    assertThat(results(write("once", request)))
        .containsExactly(Result.RESULT_ACCEPTED, Result.RESULT_ACCEPTED);
    assertThat(results(write("once", request)))
        .containsExactly(Result.RESULT_DUPLICATE, Result.RESULT_DUPLICATE);

    List<ProfileRecord> applied = applied("once", 2);
    assertThat(applied.get(0).getLoginId()).isEqualTo("ann");
    assertThat(applied.get(0).getChangesList())
        .extracting(TraitChange::getOperation, TraitChange::getName, TraitChange::getJsonValue)
        .containsExactly(
            tuple(Operation.OPERATION_SET, "city", "\"Brno\""),
            tuple(Operation.OPERATION_SET_ONCE, "first", "\"a\""),
            tuple(Operation.OPERATION_INCREMENT, "sum", "12.5"),
            tuple(Operation.OPERATION_UNSET, "old", ""));
    assertThat(applied.get(1).getAnonymousId()).isEqualTo("phone");
    assertThat(applied.get(1).getChanges(0).getOperation()).isEqualTo(Operation.OPERATION_DELETE);
  }

  @Test
  void answersForEachWrite() {
    WriteTraitsResponse response =
        write(
            "each",
            request("r2")
                .addWrites(city("ann"))
                .addWrites(
                    TraitWrite.newBuilder()
                        .setLoginId("ben")
                        .addChanges(change(Operation.OPERATION_INCREMENT, "sum", "much")))
                .build());
    assertThat(results(response))
        .containsExactly(Result.RESULT_ACCEPTED, Result.RESULT_QUARANTINED);
    assertThat(response.getOutcomesList())
        .extracting(EventOutcome::getEventId)
        .containsExactly("traits:r2:0", "traits:r2:1");
  }

  @Test
  void takesAThousandUsersAtOnce() {
    WriteTraitsRequest.Builder request = request("r3");
    IntStream.range(0, 1000).forEach(i -> request.addWrites(city("user-" + i)));
    assertThat(results(write("thousand", request.build())))
        .hasSize(1000)
        .containsOnly(Result.RESULT_ACCEPTED);
    request.addWrites(city("one more"));
    assertThat(violations("thousand", request.build())).containsExactly("writes");
  }

  @Test
  void namesEachWrongField() {
    assertThat(
            violations(
                "wrong",
                request("")
                    .addWrites(TraitWrite.newBuilder().addChanges(NewTraitChange.newBuilder()))
                    .addWrites(TraitWrite.newBuilder().setLoginId("ann"))
                    .build()))
        .containsExactly("request_id", "writes[0].login_id", "writes[1].changes");
    assertThat(
            violations(
                "wrong",
                request("r4")
                    .addWrites(
                        TraitWrite.newBuilder()
                            .setLoginId("ann")
                            .addChanges(NewTraitChange.newBuilder().setName("city")))
                    .build()))
        .containsExactly("writes[0].changes[0].operation");
  }

  @Test
  void isForEditorsOnly() {
    WriteTraitsRequest request = request("r5").addWrites(city("ann")).build();
    for (Role role : List.of(Role.WRITER, Role.ANALYST)) {
      assertThat(refusal("closed", role, request).reason()).isEqualTo(Reason.PERMISSION_DENIED);
    }
  }

  private static WriteTraitsRequest.Builder request(String id) {
    return WriteTraitsRequest.newBuilder().setRequestId(id);
  }

  private static TraitWrite city(String login) {
    return TraitWrite.newBuilder()
        .setLoginId(login)
        .addChanges(change(Operation.OPERATION_SET, "city", "Brno"))
        .build();
  }

  private static NewTraitChange.Builder change(Operation operation, String name) {
    return NewTraitChange.newBuilder().setOperation(operation).setName(name);
  }

  private static NewTraitChange.Builder change(Operation operation, String name, String text) {
    return change(operation, name).setValue(PropertyValue.newBuilder().setText(text));
  }

  private static WriteTraitsResponse write(String project, WriteTraitsRequest request) {
    return as(project, Role.EDITOR, request);
  }

  private static WriteTraitsResponse as(String project, Role role, WriteTraitsRequest request) {
    return CallerContext.as(
        new Caller(new ProjectId(project), "key:test", role),
        () -> TraitServiceGrpc.newBlockingStub(collector.channel()).writeTraits(request));
  }

  private static Failure refusal(String project, Role role, WriteTraitsRequest request) {
    StatusRuntimeException[] thrown = new StatusRuntimeException[1];
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> as(project, role, request))
        .satisfies(exception -> thrown[0] = exception);
    return FailureStatus.fromStatus(thrown[0]);
  }

  private static List<String> violations(String project, WriteTraitsRequest request) {
    return refusal(project, Role.EDITOR, request).violations().stream()
        .map(FieldViolation::field)
        .toList();
  }

  private static List<Result> results(WriteTraitsResponse response) {
    return response.getOutcomesList().stream().map(EventOutcome::getResult).toList();
  }

  private static List<ProfileRecord> applied(String project, int count) throws Exception {
    for (int i = 0; i < 600; i++) {
      List<ProfileRecord> applied =
          collector.profiles().applied().stream()
              .filter(record -> record.getProjectId().equals(project))
              .toList();
      if (applied.size() >= count) {
        return applied;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("The relay did not deliver");
  }
}
