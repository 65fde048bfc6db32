package io.tenure.segment.api;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AnalysisRun;
import io.tenure.proto.analysis.v1.AnalysisRunState;
import io.tenure.segment.domain.background.BackgroundRun;
import java.io.UncheckedIOException;

/** Translates executions in the background into the contract's. */
final class RunWriter {

  private RunWriter() {}

  static AnalysisRun write(BackgroundRun run) {
    AnalysisRun.Builder message =
        AnalysisRun.newBuilder()
            .setId(run.id())
            .setState(state(run.state()))
            .setCreateTime(Fields.timestamp(run.createTime()))
            .setRowsRead(run.rowsRead())
            .setRows(run.rows())
            .setFailure(run.failure());
    byte[] result = run.result();
    if (result != null) {
      try {
        message.setResult(AnalysisResult.parseFrom(result));
      } catch (InvalidProtocolBufferException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }
    return message.build();
  }

  private static AnalysisRunState state(BackgroundRun.State state) {
    return switch (state) {
      case RUNNING -> AnalysisRunState.ANALYSIS_RUN_STATE_RUNNING;
      case DONE -> AnalysisRunState.ANALYSIS_RUN_STATE_DONE;
      case FAILED -> AnalysisRunState.ANALYSIS_RUN_STATE_FAILED;
      case CANCELLED -> AnalysisRunState.ANALYSIS_RUN_STATE_CANCELLED;
    };
  }
}
