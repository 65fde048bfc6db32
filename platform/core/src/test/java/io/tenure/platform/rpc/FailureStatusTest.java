package io.tenure.platform.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FailureStatusTest {

  @Test
  void keepsEverythingOverTheWire() {
    Failure sent =
        Failure.received(
            Reason.INVALID_ARGUMENT,
            "rule.id: is missing",
            Map.of("kind", "rule"),
            List.of(new FieldViolation("rule.id", "is missing")),
            Duration.ofMillis(1500));

    Failure received = overTheWire(sent);

    assertThat(received.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(received.text()).isEqualTo("rule.id: is missing");
    assertThat(received.metadata()).containsEntry("kind", "rule");
    assertThat(received.violations()).containsExactly(new FieldViolation("rule.id", "is missing"));
    assertThat(received.retryAfter()).contains(Duration.ofMillis(1500));
  }

  @Test
  void keepsTheReasonOfEveryKindOfFailure() {
    for (Reason reason : Reason.values()) {
      assertThat(overTheWire(Failure.of(reason, "text")).reason()).isEqualTo(reason);
    }
  }

  @Test
  void hidesTheTextOfUnexpectedExceptions() {
    StatusException status =
        new FailureHandler().handleException(new IllegalStateException("password=1"));

    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getStatus().getDescription()).doesNotContain("password");
  }

  @Test
  void explainsAServiceThatDoesNotAnswer() {
    Failure failure =
        FailureStatus.fromStatus(
            Status.UNAVAILABLE.withDescription("io exception 10.0.0.7:9093").asRuntimeException());

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.text()).isEqualTo("The service does not answer");
  }

  private static Failure overTheWire(Failure failure) {
    StatusException status = FailureStatus.toStatus(failure);
    return FailureStatus.fromStatus(
        new StatusRuntimeException(status.getStatus(), status.getTrailers()));
  }
}
