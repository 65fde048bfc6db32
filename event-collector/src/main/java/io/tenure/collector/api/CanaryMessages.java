package io.tenure.collector.api;

import com.google.protobuf.util.Timestamps;
import io.tenure.collector.domain.canary.CanaryState;
import io.tenure.proto.event.v1.CanaryRun;
import io.tenure.proto.event.v1.GetCanaryResponse;
import java.time.Instant;

/** Says in the API's messages how the canary fares. */
final class CanaryMessages {

  private CanaryMessages() {}

  static GetCanaryResponse response(CanaryState state) {
    GetCanaryResponse.Builder response =
        GetCanaryResponse.newBuilder()
            .setRuns(state.runs())
            .setFailures(state.failures())
            .setLastDelayMilliseconds(state.lastDelay().toMillis());
    Instant success = state.lastSuccessTime();
    if (success != null) {
      response.setLastSuccessTime(Timestamps.fromMillis(success.toEpochMilli()));
    }
    state.history().forEach(run -> response.addHistory(message(run)));
    return response.build();
  }

  private static CanaryRun message(io.tenure.collector.domain.canary.CanaryRun run) {
    return CanaryRun.newBuilder()
        .setEventId(run.event().id())
        .setSendTime(Timestamps.fromMillis(run.event().time().toEpochMilli()))
        .setResult(
            switch (run.result()) {
              case FOUND -> CanaryRun.Result.RESULT_FOUND;
              case NOT_TAKEN -> CanaryRun.Result.RESULT_NOT_TAKEN;
              case NOT_FOUND -> CanaryRun.Result.RESULT_NOT_FOUND;
            })
        .setDelayMilliseconds(run.delay().toMillis())
        .setTrouble(run.trouble())
        .build();
  }
}
