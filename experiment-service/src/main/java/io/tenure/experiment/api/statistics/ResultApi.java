package io.tenure.experiment.api.statistics;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.result.ArmSource.Dimension;
import io.tenure.experiment.domain.result.Asked;
import io.tenure.experiment.domain.result.ExperimentResults;
import io.tenure.experiment.domain.result.HoldoutReports;
import io.tenure.experiment.domain.result.Series;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.experiment.v1.GetDecisionRequest;
import io.tenure.proto.experiment.v1.GetDecisionResponse;
import io.tenure.proto.experiment.v1.GetHealthRequest;
import io.tenure.proto.experiment.v1.GetHealthResponse;
import io.tenure.proto.experiment.v1.GetHoldoutReportRequest;
import io.tenure.proto.experiment.v1.GetHoldoutReportResponse;
import io.tenure.proto.experiment.v1.GetInteractionsRequest;
import io.tenure.proto.experiment.v1.GetInteractionsResponse;
import io.tenure.proto.experiment.v1.GetNoveltyRequest;
import io.tenure.proto.experiment.v1.GetNoveltyResponse;
import io.tenure.proto.experiment.v1.GetResultsRequest;
import io.tenure.proto.experiment.v1.GetResultsResponse;
import io.tenure.proto.experiment.v1.GetTimeseriesRequest;
import io.tenure.proto.experiment.v1.GetTimeseriesResponse;
import io.tenure.proto.experiment.v1.ResultServiceGrpc;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of results. */
@GrpcService
public class ResultApi extends ResultServiceGrpc.ResultServiceImplBase {

  private static final int USUAL_VALUES = 10;
  private static final int MOST_VALUES = 20;

  private static final int USUAL_COVARIATE_DAYS = 28;
  private static final int MOST_COVARIATE_DAYS = 90;

  private final ExperimentResults results;
  private final HoldoutReports holdouts;

  ResultApi(ExperimentResults results, HoldoutReports holdouts) {
    this.results = results;
    this.holdouts = holdouts;
  }

  @Override
  public void getResults(GetResultsRequest request, StreamObserver<GetResultsResponse> observer) {
    Dimension dimension =
        dimension(
            request.getDimensionTrait(),
            request.getDimensionProperty(),
            request.getDimensionLimit());
    var told = results.results(reader(), asked(request), dimension);
    observer.onNext(GetResultsResponse.newBuilder().setResults(ResultWriter.write(told)).build());
    observer.onCompleted();
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Dimension dimension =
        dimension(request.getDimensionTrait(), request.getDimensionProperty(), MOST_VALUES);
    Asked asked = asked(request.getKey(), request.getPhase(), request.hasAsOf(), request.getAsOf());
    var health = results.health(reader(), asked, dimension);
    observer.onNext(GetHealthResponse.newBuilder().setHealth(HealthWriter.write(health)).build());
    observer.onCompleted();
  }

  @Override
  public void getTimeseries(
      GetTimeseriesRequest request, StreamObserver<GetTimeseriesResponse> observer) {
    Asked asked = asked(request.getKey(), request.getPhase(), request.hasAsOf(), request.getAsOf());
    GetTimeseriesResponse.Builder response = GetTimeseriesResponse.newBuilder();
    for (Series series : results.series(reader(), asked)) {
      response.addSeries(ResultWriter.write(series));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void getDecision(
      GetDecisionRequest request, StreamObserver<GetDecisionResponse> observer) {
    Asked asked = asked(request.getKey(), request.getPhase(), request.hasAsOf(), request.getAsOf());
    var proposal = results.proposal(reader(), asked);
    observer.onNext(
        GetDecisionResponse.newBuilder().setProposal(ResultWriter.write(proposal)).build());
    observer.onCompleted();
  }

  @Override
  public void getNovelty(GetNoveltyRequest request, StreamObserver<GetNoveltyResponse> observer) {
    Asked asked = asked(request.getKey(), request.getPhase(), request.hasAsOf(), request.getAsOf());
    var report = results.novelty(reader(), asked, request.getMetric(), request.getWindowDays());
    observer.onNext(
        GetNoveltyResponse.newBuilder().setNovelty(ExplorationWriter.write(report)).build());
    observer.onCompleted();
  }

  @Override
  public void getInteractions(
      GetInteractionsRequest request, StreamObserver<GetInteractionsResponse> observer) {
    Asked asked = asked(request.getKey(), request.getPhase(), request.hasAsOf(), request.getAsOf());
    var report = results.interactions(reader(), asked, request.getMetric(), request.getWith());
    observer.onNext(
        GetInteractionsResponse.newBuilder()
            .setInteractions(ExplorationWriter.write(report))
            .build());
    observer.onCompleted();
  }

  @Override
  public void getHoldoutReport(
      GetHoldoutReportRequest request, StreamObserver<GetHoldoutReportResponse> observer) {
    var report = holdouts.report(reader(), asked(request));
    observer.onNext(
        GetHoldoutReportResponse.newBuilder().setReport(HoldoutReportWriter.write(report)).build());
    observer.onCompleted();
  }

  private static HoldoutReports.Asked asked(GetHoldoutReportRequest request) {
    List<String> metrics = request.getMetricKeysList();
    if (metrics.size() > HoldoutReports.MOST_METRICS
        || metrics.stream().distinct().count() < metrics.size()) {
      throw Failure.invalid(
          "metric_keys", "must be at most " + HoldoutReports.MOST_METRICS + " different keys");
    }
    int days = request.hasCovariateDays() ? request.getCovariateDays() : USUAL_COVARIATE_DAYS;
    if (days < 0 || days > MOST_COVARIATE_DAYS) {
      throw Failure.invalid("covariate_days", "must be 0 to " + MOST_COVARIATE_DAYS);
    }
    return new HoldoutReports.Asked(
        request.getKey(),
        metrics,
        request.hasStartTime() ? Fields.instant("start_time", request.getStartTime()) : null,
        request.hasAsOf() ? Fields.instant("as_of", request.getAsOf()) : null,
        days);
  }

  private static ProjectId reader() {
    return CallerContext.requiring(Role.ANALYST).project();
  }

  private static Asked asked(GetResultsRequest request) {
    return asked(request.getKey(), request.getPhase(), request.hasAsOf(), request.getAsOf());
  }

  private static Asked asked(String key, int phase, boolean given, Timestamp asOf) {
    return new Asked(key, phase, given ? Fields.instant("as_of", asOf) : null);
  }

  private static @Nullable Dimension dimension(String trait, String property, int limit) {
    if (!trait.isEmpty() && !property.isEmpty()) {
      throw Failure.invalid("dimension_property", "cannot be given together with dimension_trait");
    }
    if (limit < 0 || limit > MOST_VALUES) {
      throw Failure.invalid("dimension_limit", "must be 1 to " + MOST_VALUES);
    }
    if (trait.isEmpty() && property.isEmpty()) {
      return null;
    }
    return new Dimension(
        trait.isEmpty() ? property : trait, !trait.isEmpty(), limit == 0 ? USUAL_VALUES : limit);
  }
}
