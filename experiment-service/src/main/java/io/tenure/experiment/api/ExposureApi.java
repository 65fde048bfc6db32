package io.tenure.experiment.api;

import static io.tenure.experiment.api.Replies.reply;

import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.exposure.ExposureLog.Verdict;
import io.tenure.experiment.domain.exposure.Exposures;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.proto.experiment.v1.Exposure;
import io.tenure.proto.experiment.v1.ExposureOutcome;
import io.tenure.proto.experiment.v1.ExposureOutcome.Result;
import io.tenure.proto.experiment.v1.ExposureServiceGrpc;
import io.tenure.proto.experiment.v1.RecordExposuresRequest;
import io.tenure.proto.experiment.v1.RecordExposuresResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of exposures. */
@GrpcService
public class ExposureApi extends ExposureServiceGrpc.ExposureServiceImplBase {

  private static final int MOST = 1_000;
  private static final int LONGEST_ID = 255;

  private final Exposures exposures;

  ExposureApi(Exposures exposures) {
    this.exposures = exposures;
  }

  @Override
  public void recordExposures(
      RecordExposuresRequest request, StreamObserver<RecordExposuresResponse> observer) {
    Caller caller = CallerContext.current();
    int count = request.getExposuresCount();
    if (count == 0 || count > MOST) {
      throw Failure.invalid("exposures", "1 to 1000 exposures");
    }
    List<Exposures.Report> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reports.add(report("exposures[" + i + "]", request.getExposures(i)));
    }
    RecordExposuresResponse.Builder response = RecordExposuresResponse.newBuilder();
    exposures
        .record(caller.project(), reports)
        .forEach(verdict -> response.addOutcomes(write(verdict)));
    reply(observer, response.build());
  }

  private static Exposures.Report report(String path, Exposure message) {
    requireShort(path + ".login_id", message.getLoginId());
    requireShort(path + ".anonymous_id", message.getAnonymousId());
    return new Exposures.Report(
        message.getToken(),
        message.hasExposeTime()
            ? Fields.instant(path + ".expose_time", message.getExposeTime())
            : null,
        message.getLoginId(),
        message.getAnonymousId());
  }

  private static void requireShort(String field, String id) {
    if (id.length() > LONGEST_ID) {
      throw Failure.invalid(field, "at most 255 characters");
    }
  }

  private static ExposureOutcome write(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted() -> outcome(Result.RESULT_ACCEPTED, "");
      case Verdict.Duplicate() -> outcome(Result.RESULT_DUPLICATE, "");
      case Verdict.Refused(String reason) -> outcome(Result.RESULT_REFUSED, reason);
    };
  }

  private static ExposureOutcome outcome(Result result, String reason) {
    return ExposureOutcome.newBuilder().setResult(result).setReason(reason).build();
  }
}
