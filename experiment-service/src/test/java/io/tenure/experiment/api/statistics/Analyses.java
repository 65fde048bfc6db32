package io.tenure.experiment.api.statistics;

import io.grpc.stub.StreamObserver;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzeSamplesResponse;
import io.tenure.proto.experiment.v1.AnalyzedMetric;
import io.tenure.proto.experiment.v1.MetricSample;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Analyses as an analyst asks for them. */
final class Analyses {

  private static final StatisticsApi API =
      new StatisticsApi(new SharedLooks(), new Turns(1, Duration.ofSeconds(5)));
  private static final Caller ANALYST =
      new Caller(new ProjectId("bank"), "person:ann", Role.ANALYST);

  private Analyses() {}

  /**
   * The answer.
   *
   * @throws Failure when there is none
   */
  static AnalyzeSamplesResponse analyze(AnalyzeSamplesRequest request) {
    CompletableFuture<AnalyzeSamplesResponse> answer = new CompletableFuture<>();
    return CallerContext.as(
        ANALYST,
        () -> {
          API.analyzeSamples(request, into(answer));
          return answer.join();
        });
  }

  /** A metric of a control and treatments. */
  static AnalyzedMetric.Builder metric(
      String name, MetricSample control, MetricSample... treatments) {
    AnalyzedMetric.Builder metric =
        AnalyzedMetric.newBuilder().setName(name).addArms(Vectors.arm("control", control));
    for (int i = 0; i < treatments.length; i++) {
      metric.addArms(Vectors.arm("treatment " + (i + 1), treatments[i]));
    }
    return metric;
  }

  private static StreamObserver<AnalyzeSamplesResponse> into(
      CompletableFuture<AnalyzeSamplesResponse> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(AnalyzeSamplesResponse response) {
        answer.complete(response);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
