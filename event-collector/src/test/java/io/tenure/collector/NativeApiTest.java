package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.CollectResponse;
import io.tenure.proto.event.v1.EventOutcome;
import io.tenure.proto.event.v1.EventOutcome.Result;
import io.tenure.proto.event.v1.NewEvent;
import io.tenure.proto.event.v1.NewTraitChange;
import io.tenure.proto.event.v1.PropertyValue;
import io.tenure.proto.event.v1.PropertyValueList;
import io.tenure.proto.event.v1.PropertyValueMap;
import io.tenure.proto.event.v1.QuarantinedRecord;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own API over gRPC, on a running collector. */
final class NativeApiTest {

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

  private static NewEvent.Builder event(String id) {
    return NewEvent.newBuilder().setEventId(id).setLoginId("ann").setName("Transfer");
  }

  private static PropertyValue text(String text) {
    return PropertyValue.newBuilder().setText(text).build();
  }

  private static CollectResponse collect(String project, NewEvent.Builder... events) {
    return collect(project, Role.WRITER, List.of(events));
  }

  private static CollectResponse collect(String project, Role role, List<NewEvent.Builder> events) {
    CollectRequest.Builder request = CollectRequest.newBuilder();
    events.forEach(request::addEvents);
    return collector.as(project, role, stub -> stub.collect(request.build()));
  }

  @Test
  void saysWhatBecameOfEachEvent() throws Exception {
    collect("each", event("0"));
    CollectResponse response =
        collect(
            "each",
            event("1"),
            event("2").setName("a\nb"),
            event("0"),
            event("1"),
            event("3").putProperties("p", text("x".repeat(40_000))),
            event("4").putProperties("p", text("x".repeat(1_100_000))),
            event("5"));

    assertThat(response.getOutcomesList())
        .extracting(EventOutcome::getEventId)
        .containsExactly("1", "2", "0", "1", "3", "4", "5");
    assertThat(response.getOutcomesList())
        .extracting(EventOutcome::getResult)
        .containsExactly(
            Result.RESULT_ACCEPTED,
            Result.RESULT_QUARANTINED,
            Result.RESULT_DUPLICATE,
            Result.RESULT_DUPLICATE,
            Result.RESULT_QUARANTINED,
            Result.RESULT_REFUSED,
            Result.RESULT_ACCEPTED);
    assertThat(response.getOutcomesList())
        .extracting(EventOutcome::getReason)
        .containsExactly(
            "", "EVENT_NAME_INVALID", "", "", "RECORD_TOO_LARGE", "RECORD_FAR_TOO_LARGE", "");
    assertThat(response.getOutcomes(1).getDetail()).isNotEmpty();
    assertThat(collector.ledger("each").getAccepted()).isEqualTo(3);
    assertThat(collector.ledger("each").getReceived()).isEqualTo(8);
  }

  @Test
  void keepsABadEventAsReadableJson() throws Exception {
    collect(
        "aside",
        event("1")
            .setName(" ")
            .setEventTime(Timestamps.fromMillis(1_700_000_000_123L))
            .putProperties("big", PropertyValue.newBuilder().setInteger((1L << 53) + 1).build())
            .putProperties("sum", PropertyValue.newBuilder().setDecimal("12.50").build()));

    QuarantinedRecord record = collector.quarantined("aside").getFirst();

    assertThat(record.getDialect()).isEqualTo("native");
    assertThat(record.getOriginal().toStringUtf8())
        .startsWith("{\"event_id\":\"1\",\"event_time\":\"2023-11-14T22:13:20.123Z\"")
        .contains("\"big\":9007199254740993", "\"sum\":12.50");
  }

  @Test
  void answersARepeatedCallAlike() {
    List<NewEvent.Builder> events = IntStream.range(0, 1000).mapToObj(i -> event("e" + i)).toList();
    CollectResponse first = collect("again", Role.EDITOR, events);
    CollectResponse second = collect("again", Role.EDITOR, events);

    assertThat(first.getOutcomesList())
        .hasSize(1000)
        .allMatch(outcome -> outcome.getResult() == Result.RESULT_ACCEPTED);
    assertThat(second.getOutcomesList())
        .hasSize(1000)
        .allMatch(outcome -> outcome.getResult() == Result.RESULT_DUPLICATE);
  }

  @Test
  void takesProfileChangesAndBindings() {
    CollectResponse response =
        collect(
            "profiles",
            NewEvent.newBuilder()
                .setEventId("1")
                .setLoginId("ann")
                .addChanges(
                    NewTraitChange.newBuilder()
                        .setOperation(Operation.OPERATION_SET)
                        .setName("city")
                        .setValue(text("Brno")))
                .addChanges(NewTraitChange.newBuilder().setOperation(Operation.OPERATION_DELETE)),
            NewEvent.newBuilder()
                .setEventId("2")
                .setLoginId("ann")
                .setAnonymousId("d1")
                .setBind(true),
            NewEvent.newBuilder()
                .setEventId("3")
                .setLoginId("ann")
                .addChanges(
                    NewTraitChange.newBuilder()
                        .setOperation(Operation.OPERATION_INCREMENT)
                        .setName("n")
                        .setValue(text("1"))));

    assertThat(response.getOutcomesList())
        .extracting(EventOutcome::getResult)
        .containsExactly(Result.RESULT_ACCEPTED, Result.RESULT_ACCEPTED, Result.RESULT_QUARANTINED);
    assertThat(response.getOutcomes(2).getReason()).isEqualTo("FIELD_INVALID");
  }

  @Test
  void namesEachWrongField() {
    PropertyValue notANumber = PropertyValue.newBuilder().setDecimal("0x1").build();
    PropertyValue notFinite = PropertyValue.newBuilder().setReal(Double.NaN).build();
    List<NewEvent.Builder> wrong =
        List.of(
            event(""),
            event("x".repeat(256)),
            event("1").setEventTime(Timestamp.newBuilder().setNanos(-1)),
            event("2").putProperties("n", notANumber),
            event("3")
                .putProperties(
                    "l",
                    PropertyValue.newBuilder()
                        .setList(
                            PropertyValueList.newBuilder()
                                .addValues(
                                    PropertyValue.newBuilder()
                                        .setMap(
                                            PropertyValueMap.newBuilder()
                                                .putFields("deep", notFinite))))
                        .build()),
            event("4").addChanges(NewTraitChange.getDefaultInstance()),
            event("5").setBind(true),
            NewEvent.newBuilder().setEventId("6").setLoginId("ann"));

    assertThatThrownBy(() -> collect("wrong", Role.WRITER, wrong))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(FailureStatus.fromStatus(failure).violations())
                  .extracting(FieldViolation::field)
                  .containsExactly(
                      "events[0].event_id",
                      "events[1].event_id",
                      "events[2].event_time",
                      "events[3].properties.n",
                      "events[4].properties.l[0].deep",
                      "events[5].changes",
                      "events[5].changes[0].operation",
                      "events[6].bind",
                      "events[7].name");
            });
    assertThat(collector.ledger("wrong").getReceived()).isZero();
  }

  @Test
  void takesAtMostAThousandEventsAndFourMebibytes() {
    List<NewEvent.Builder> tooMany =
        IntStream.range(0, 1001).mapToObj(i -> event("e" + i)).toList();
    List<NewEvent.Builder> tooLarge =
        IntStream.range(0, 140)
            .mapToObj(i -> event("e" + i).putProperties("p", text("x".repeat(30_000))))
            .toList();

    assertCode(() -> collect("limits", Role.WRITER, tooMany), Status.Code.INVALID_ARGUMENT);
    assertCode(() -> collect("limits", Role.WRITER, List.of()), Status.Code.INVALID_ARGUMENT);
    assertCode(() -> collect("limits", Role.WRITER, tooLarge), Status.Code.RESOURCE_EXHAUSTED);
    assertThat(collect("limits", Role.WRITER, tooLarge.subList(0, 130)).getOutcomesCount())
        .isEqualTo(130);
  }

  private static void assertCode(Runnable call, Status.Code code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(code));
  }
}
