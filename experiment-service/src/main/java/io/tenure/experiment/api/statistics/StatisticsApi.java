package io.tenure.experiment.api.statistics;

import io.grpc.stub.StreamObserver;
import io.tenure.experiment.domain.analysis.Analysis;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzeSamplesResponse;
import io.tenure.proto.experiment.v1.CalculateDetectableEffectRequest;
import io.tenure.proto.experiment.v1.CalculateDetectableEffectResponse;
import io.tenure.proto.experiment.v1.CalculatePowerRequest;
import io.tenure.proto.experiment.v1.CalculatePowerResponse;
import io.tenure.proto.experiment.v1.CalculateSampleSizeRequest;
import io.tenure.proto.experiment.v1.CalculateSampleSizeResponse;
import io.tenure.proto.experiment.v1.CheckSampleRatioRequest;
import io.tenure.proto.experiment.v1.CheckSampleRatioResponse;
import io.tenure.proto.experiment.v1.PlanSequentialRequest;
import io.tenure.proto.experiment.v1.PlanSequentialResponse;
import io.tenure.proto.experiment.v1.StatisticsServiceGrpc;
import io.tenure.proto.experiment.v1.WeighBanditRequest;
import io.tenure.proto.experiment.v1.WeighBanditResponse;
import java.util.List;
import java.util.function.Function;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of the calculators: numbers in, numbers out, nothing is kept. */
@GrpcService
public class StatisticsApi extends StatisticsServiceGrpc.StatisticsServiceImplBase {

  private final SharedLooks looks;
  private final Turns turns;

  StatisticsApi(SharedLooks looks, Turns turns) {
    this.looks = looks;
    this.turns = turns;
  }

  @Override
  public void calculatePower(
      CalculatePowerRequest request, StreamObserver<CalculatePowerResponse> observer) {
    answer(request, PowerCalculator::power, observer);
  }

  @Override
  public void calculateSampleSize(
      CalculateSampleSizeRequest request, StreamObserver<CalculateSampleSizeResponse> observer) {
    answer(request, PowerCalculator::sampleSize, observer);
  }

  @Override
  public void calculateDetectableEffect(
      CalculateDetectableEffectRequest request,
      StreamObserver<CalculateDetectableEffectResponse> observer) {
    answer(request, PowerCalculator::detectableEffect, observer);
  }

  @Override
  public void checkSampleRatio(
      CheckSampleRatioRequest request, StreamObserver<CheckSampleRatioResponse> observer) {
    answer(request, RatioCalculator::check, observer);
  }

  @Override
  public void analyzeSamples(
      AnalyzeSamplesRequest request, StreamObserver<AnalyzeSamplesResponse> observer) {
    answer(request, this::analyze, observer);
  }

  @Override
  public void planSequential(
      PlanSequentialRequest request, StreamObserver<PlanSequentialResponse> observer) {
    answer(request, asked -> turns.take(() -> SequentialPlanner.plan(asked)), observer);
  }

  @Override
  public void weighBandit(
      WeighBanditRequest request, StreamObserver<WeighBanditResponse> observer) {
    answer(request, BanditCalculator::weigh, observer);
  }

  private AnalyzeSamplesResponse analyze(AnalyzeSamplesRequest request) {
    AnalysisInspection.check(request);
    Analysis analysis = AnalysisReader.analysis(request, looks);
    boolean isLong = TermsReader.isGroupSequential(request.getDesign()) || request.getExactRates();
    List<Analysis.MetricAnswers> answers =
        isLong
            ? turns.take(() -> analysis.of(AnalysisReader.metrics(request)))
            : analysis.of(AnalysisReader.metrics(request));
    return AnalysisWriter.write(request, answers);
  }

  private static <Q, R> void answer(
      Q request, Function<Q, R> calculator, StreamObserver<R> observer) {
    CallerContext.requiring(Role.ANALYST);
    observer.onNext(calculator.apply(request));
    observer.onCompleted();
  }
}
