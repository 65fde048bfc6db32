package io.tenure.platform.rpc;

import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.grpc.server.exception.GrpcExceptionHandler;

/** Turns whatever a service method throws into a status; only a {@link Failure} shows its text. */
public final class FailureHandler implements GrpcExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  @Override
  public StatusException handleException(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      log(failure);
      return FailureStatus.toStatus(failure);
    }
    if (thrown instanceof StatusRuntimeException downstream) {
      return FailureStatus.toStatus(FailureStatus.fromStatus(downstream));
    }
    LOG.error("A call failed unexpectedly", thrown);
    return FailureStatus.toStatus(Failure.of(Reason.INTERNAL, "The service failed"));
  }

  private static void log(Failure failure) {
    if (failure.reason() == Reason.INTERNAL || failure.reason() == Reason.UNAVAILABLE) {
      LOG.warn("A call failed: {}", failure.text(), failure.getCause());
    } else {
      LOG.debug("A call was refused: {}", failure.text());
    }
  }
}
