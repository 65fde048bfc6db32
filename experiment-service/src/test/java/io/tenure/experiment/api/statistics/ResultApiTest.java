package io.tenure.experiment.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.client.ServiceArmSource;
import io.tenure.experiment.domain.InMemoryShelf;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.experiment.Stage;
import io.tenure.experiment.domain.experiment.State;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.domain.result.ExperimentResults;
import io.tenure.experiment.domain.result.HoldoutReports;
import io.tenure.experiment.store.JsonRegistrar;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.ArmLook;
import io.tenure.proto.analysis.v1.ArmQuery;
import io.tenure.proto.analysis.v1.ArmSlice;
import io.tenure.proto.analysis.v1.ArmSums;
import io.tenure.proto.analysis.v1.ArmWindow;
import io.tenure.proto.analysis.v1.Arms;
import io.tenure.proto.analysis.v1.Freshness;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.RunAnalysisResponse;
import io.tenure.proto.experiment.v1.ArmComparison;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.GetInteractionsRequest;
import io.tenure.proto.experiment.v1.GetInteractionsResponse;
import io.tenure.proto.experiment.v1.GetNoveltyRequest;
import io.tenure.proto.experiment.v1.GetNoveltyResponse;
import io.tenure.proto.experiment.v1.InteractionEffect;
import io.tenure.proto.experiment.v1.InteractionVerdict;
import io.tenure.proto.experiment.v1.Interactions;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.Novelty;
import io.tenure.proto.experiment.v1.NoveltyVerdict;
import io.tenure.proto.experiment.v1.ObstacleKind;
import io.tenure.proto.experiment.v1.ProportionCounts;
import io.tenure.proto.experiment.v1.SampleSums;
import io.tenure.proto.experiment.v1.UnpairedReason;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.multiplicity.Correction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What explains a result, from the door to the analyses and back. */
final class ResultApiTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final ProjectId PROJECT = new ProjectId("bank");
  private static final Caller ANN = new Caller(PROJECT, "person:ann", Role.EDITOR);

  private final MutableClock clock = new MutableClock(START.plus(Duration.ofDays(3)));
  private final InMemoryShelf<Experiment> experiments = new InMemoryShelf<>();
  private final InMemoryShelf<Metric> metrics = new InMemoryShelf<>();
  private final Analyst analyst = new Analyst();

  private Server server;
  private ManagedChannel channel;
  private ResultApi api;

  @BeforeEach
  void start() throws IOException {
    String name = "analyses-" + UUID.randomUUID();
    server =
        InProcessServerBuilder.forName(name)
            .addService(analyst)
            .intercept(new CallerPropagation())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).intercept(new CallerPropagation()).build();
    ServiceArmSource source = new ServiceArmSource(channel);
    SharedLooks looks = new SharedLooks();
    Turns turns = new Turns(1, Duration.ofMinutes(1));
    JsonRegistrar registrar = new JsonRegistrar();
    api =
        new ResultApi(
            new ExperimentResults(experiments, metrics, registrar, source, looks, turns, clock),
            new HoldoutReports(
                new InMemoryShelf<>(),
                experiments,
                metrics,
                registrar,
                source,
                looks,
                turns,
                clock));
    EventSelector buy = new EventSelector("buy", List.of());
    metric("sales", new MetricKind.Count(buy));
    metric("back", new MetricKind.Retention(buy, Duration.ofDays(7), Duration.ofDays(14)));
    begin("rates", START, UnitType.ACCOUNT);
    begin("colours", START.minus(Duration.ofDays(5)), UnitType.ACCOUNT);
    begin("people", START, UnitType.USER);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void tellsNoveltyByWindows() {
    Novelty novelty = novelty(request -> request.setWindowDays(1)).getNovelty();
    ArmQuery asked = analyst.asked.getLast();
    assertThat(asked.getWindowEndsList())
        .extracting(end -> end.getSeconds() / 86_400)
        .containsExactly(1L, 2L, 3L);
    assertThat(asked.getUnitProperty()).isEqualTo("unit");
    assertThat(asked.hasOther()).isFalse();
    assertThat(novelty.getMetricKey()).isEqualTo("sales");
    assertThat(novelty.getBasis().getExperimentKey()).isEqualTo("rates");
    assertThat(novelty.getBasis().getUnits()).isEqualTo(2_000);
    // The analyst knows two windows only.
    assertThat(novelty.getWindowsCount()).isEqualTo(2);
    assertThat(novelty.getWindows(1).getFirstDay()).isOne();
    assertThat(novelty.getWindows(1).getLastDay()).isOne();
    ArmComparison first = novelty.getWindows(0).getComparisons(0);
    assertThat(first.getArm()).isEqualTo("new");
    assertThat(first.getControl().getValue()).isEqualTo(2);
    assertThat(first.getTreatment().getValue()).isEqualTo(3);
    assertThat(first.getEffect().getEstimate()).isCloseTo(0.5, within(1e-12));
    assertThat(first.getEffect().getScale()).isEqualTo(EffectScale.EFFECT_SCALE_RELATIVE);
    assertThat(first.hasBelief()).isFalse();
    var trend = novelty.getTrends(0);
    assertThat(trend.getArm()).isEqualTo("new");
    assertThat(trend.getVerdict()).isEqualTo(NoveltyVerdict.NOVELTY_VERDICT_FADES);
    // Two independent windows: the difference of the effects by that of the times.
    double doublings = Math.log(2.5 / 1.5) / Math.log(2);
    double second = novelty.getWindows(1).getComparisons(0).getEffect().getStandardError();
    assertThat(trend.getSlope().getEstimate()).isCloseTo(-0.5 / doublings, within(1e-9));
    assertThat(trend.getSlope().getStandardError())
        .isCloseTo(
            Math.hypot(first.getEffect().getStandardError(), second) / doublings, within(1e-9));
    assertThat(trend.getSlope().getPValue()).isLessThan(0.05);
    assertThat(trend.getSlope().getInterval().getHigh()).isNegative();
    assertThat(trend.getWindows()).isEqualTo(2);
    assertThat(trend.getUnits()).isEqualTo(2_000);
    assertThat(trend.getSummary()).contains("fades");
    assertThat(novelty.getSummary()).isNotEmpty();
  }

  @Test
  void tellsWhyThereIsNoTrend() {
    analyst.units = 10;
    var trend = novelty(_ -> {}).getNovelty().getTrends(0);
    assertThat(trend.getVerdict()).isEqualTo(NoveltyVerdict.NOVELTY_VERDICT_UNKNOWN);
    assertThat(trend.hasSlope()).isFalse();
    assertThat(trend.getObstacle().getKind()).isEqualTo(ObstacleKind.OBSTACLE_KIND_TOO_FEW_UNITS);
  }

  @Test
  void tellsInteractions() {
    Interactions told = interactions(_ -> {}).getInteractions();
    ArmQuery asked = analyst.asked.getLast();
    assertThat(asked.getOther().getStartTime())
        .isEqualTo(Fields.timestamp(START.minus(Duration.ofDays(5))));
    assertThat(asked.getOther().getExposure().getName()).isEqualTo("experiment_exposure");
    assertThat(asked.getOther().getExposure().toString()).contains("colours").contains("phase");
    assertThat(asked.getExposure().toString()).contains("rates");
    assertThat(asked.getWindowEndsCount()).isZero();
    assertThat(told.getMetricKey()).isEqualTo("sales");
    assertThat(told.getPairsCount()).isOne();
    var pair = told.getPairs(0);
    assertThat(pair.getExperimentKey()).isEqualTo("colours");
    assertThat(pair.getPhase()).isOne();
    assertThat(pair.getSharedUnits()).isEqualTo(4_000);
    assertThat(pair.getWithinList())
        .extracting(within -> within.getArm())
        .containsExactly("old", "new");
    assertThat(pair.getWithin(1).getComparisons(0).getEffect().getEstimate())
        .isCloseTo(2, within(1e-12));
    InteractionEffect effect = pair.getInteractions(0);
    assertThat(effect.getArm()).isEqualTo("new");
    assertThat(effect.getOtherArm()).isEqualTo("new");
    assertThat(effect.getVerdict()).isEqualTo(InteractionVerdict.INTERACTION_VERDICT_FOUND);
    assertThat(effect.getEffect().getEstimate()).isCloseTo(2, within(1e-12));
    assertThat(effect.getSummary()).contains("depends on 'colours'");
    assertThat(told.getUnpairedList())
        .singleElement()
        .satisfies(
            unpaired -> {
              assertThat(unpaired.getExperimentKey()).isEqualTo("people");
              assertThat(unpaired.getReason())
                  .isEqualTo(UnpairedReason.UNPAIRED_REASON_OTHER_UNIT_TYPE);
            });
    assertThat(told.getSummary()).contains("'colours'");
    assertThat(
            interactions(request -> request.setWith("colours")).getInteractions().getPairsCount())
        .isOne();
  }

  @Test
  void tellsWhenNoInteractionIsKnown() {
    analyst.units = 1;
    InteractionEffect effect =
        interactions(_ -> {}).getInteractions().getPairs(0).getInteractions(0);
    assertThat(effect.getVerdict()).isEqualTo(InteractionVerdict.INTERACTION_VERDICT_UNKNOWN);
    assertThat(effect.getObstacle().getKind()).isEqualTo(ObstacleKind.OBSTACLE_KIND_TOO_FEW_UNITS);
    analyst.units = 1_000;
    analyst.both = 200;
    assertThat(interactions(_ -> {}).getInteractions().getPairs(0).getInteractions(0).getVerdict())
        .isEqualTo(InteractionVerdict.INTERACTION_VERDICT_NONE_FOUND);
  }

  @Test
  void refusesWhatCannotBeTold() {
    refused(Reason.FAILED_PRECONDITION, () -> novelty(request -> request.setMetric("back")));
    refused(Reason.INVALID_ARGUMENT, () -> novelty(request -> request.setMetric("weather")));
    refused(Reason.INVALID_ARGUMENT, () -> novelty(request -> request.setWindowDays(29)));
    refused(Reason.INVALID_ARGUMENT, () -> novelty(request -> request.setPhase(2)));
    refused(Reason.NOT_FOUND, () -> novelty(request -> request.setKey("nobody")));
    refused(Reason.NOT_FOUND, () -> interactions(request -> request.setKey("nobody")));
    refused(Reason.NOT_FOUND, () -> interactions(request -> request.setWith("nobody")));
    refused(Reason.INVALID_ARGUMENT, () -> interactions(request -> request.setWith("rates")));
    refused(Reason.FAILED_PRECONDITION, () -> interactions(request -> request.setWith("people")));
    refused(
        Reason.INVALID_ARGUMENT,
        () -> interactions(request -> request.setAsOf(Fields.timestamp(START))));
    Caller writer = new Caller(PROJECT, "key:app", Role.WRITER);
    refused(
        Reason.PERMISSION_DENIED,
        () ->
            CallerContext.as(
                writer,
                () ->
                    ask(api::getNovelty, GetNoveltyRequest.newBuilder().setKey("rates").build())));
    refused(
        Reason.PERMISSION_DENIED,
        () ->
            CallerContext.as(
                writer,
                () ->
                    ask(
                        api::getInteractions,
                        GetInteractionsRequest.newBuilder().setKey("rates").build())));
  }

  @Test
  void asksAsOfAnEarlierInstant() {
    Instant then = START.plus(Duration.ofDays(2));
    novelty(request -> request.setAsOf(Fields.timestamp(then)));
    assertThat(analyst.asked.getLast().getLooks(0)).isEqualTo(Fields.timestamp(then));
    assertThat(analyst.asked.getLast().getWindowEndsCount()).isEqualTo(2);
    interactions(request -> request.setAsOf(Fields.timestamp(then)));
    assertThat(analyst.asked.getLast().getLooks(0)).isEqualTo(Fields.timestamp(then));
  }

  private GetNoveltyResponse novelty(Consumer<GetNoveltyRequest.Builder> more) {
    GetNoveltyRequest.Builder request = GetNoveltyRequest.newBuilder().setKey("rates");
    more.accept(request);
    return CallerContext.as(ANN, () -> ask(api::getNovelty, request.build()));
  }

  private GetInteractionsResponse interactions(Consumer<GetInteractionsRequest.Builder> more) {
    GetInteractionsRequest.Builder request = GetInteractionsRequest.newBuilder().setKey("rates");
    more.accept(request);
    return CallerContext.as(ANN, () -> ask(api::getInteractions, request.build()));
  }

  private static <Q, A> A ask(BiConsumer<Q, StreamObserver<A>> door, Q request) {
    List<A> answers = new ArrayList<>();
    door.accept(
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(A answer) {
            answers.add(answer);
          }

          @Override
          public void onError(Throwable failure) {
            throw new IllegalStateException(failure);
          }

          @Override
          public void onCompleted() {}
        });
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private void metric(String key, MetricKind kind) {
    metrics.create(ANN, new Metric(key, key, "", Direction.HIGHER_IS_BETTER, kind, null, 1, ""));
  }

  private void begin(String key, Instant start, UnitType unit) {
    Design design =
        new Design(
            "",
            "It helps",
            key,
            unit,
            null,
            List.of(new Share("old", 5_000), new Share("new", 5_000)),
            "old",
            null,
            List.of(),
            List.of(),
            new AnalysisPlan(
                List.of("sales"),
                List.of(new AnalysisPlan.Guardrail("back", 0.1)),
                AnalysisPlan.DesignKind.CONFIDENCE_SEQUENCE,
                0.05,
                0.8,
                0.05,
                10_000,
                Correction.HOLM,
                0,
                AnalysisPlan.Breaker.PAUSE));
    experiments.create(
        ANN,
        new Experiment(
            key,
            design,
            State.RUNNING,
            1,
            List.of(
                new Run(
                    start,
                    null,
                    null,
                    List.of(new Stage(start, 10_000)),
                    List.of(),
                    new JsonRegistrar().register(key, 1, design, List.of()),
                    "")),
            Set.of("person:ann"),
            List.of()));
  }

  /** Answers by hand. */
  private static final class Analyst extends AnalysisServiceGrpc.AnalysisServiceImplBase {
    private final List<ArmQuery> asked = new ArrayList<>();
    private long units = 1_000;
    private long both = 600;

    @Override
    public void runAnalysis(
        RunAnalysisRequest request, StreamObserver<RunAnalysisResponse> observer) {
      ArmQuery query = request.getQuery().getArm();
      asked.add(query);
      Arms.Builder arms =
          Arms.newBuilder()
              .addLooks(
                  ArmLook.newBuilder()
                      .setTime(Fields.timestamp(START))
                      .addArms(ArmSums.newBuilder().setUnits(units))
                      .addArms(ArmSums.newBuilder().setUnits(units)));
      if (query.getWindowEndsCount() > 0) {
        arms.addWindows(window(0, mean(2), mean(3)));
        arms.addWindows(window(1, mean(1, 2), mean(1, 3)));
      }
      if (query.hasOther()) {
        arms.addSlices(slice("new", 200, both)).addSlices(slice("old", 200, 200));
        arms.setOthers(slice("", 1, 1));
      }
      AnalysisResult.Builder result = AnalysisResult.newBuilder().setArm(arms);
      if (query.getLooksCount() == 0) {
        result.setFreshness(
            Freshness.newBuilder()
                .setDataTime(Fields.timestamp(START.plus(Duration.ofDays(3)).minusMillis(1))));
      }
      observer.onNext(RunAnalysisResponse.newBuilder().setResult(result).build());
      observer.onCompleted();
    }

    private static ArmWindow.Builder window(
        int day, SampleSums.Builder old, SampleSums.Builder fresh) {
      return ArmWindow.newBuilder()
          .setFrom(Fields.duration(Duration.ofDays(day)))
          .setTo(Fields.duration(Duration.ofDays(day + 1L)))
          .addArms(sums(old))
          .addArms(sums(fresh));
    }

    private static ArmSums.Builder sums(SampleSums.Builder sample) {
      return ArmSums.newBuilder()
          .setUnits(sample.getUnits())
          .setSample(MetricSample.newBuilder().setMeanSums(sample));
    }

    /** Independent numbers with a variance of one. */
    private SampleSums.Builder mean(double... means) {
      SampleSums.Builder sums = SampleSums.newBuilder().setUnits(units).setCentred(true);
      for (int i = 0; i < means.length; i++) {
        sums.addSums(means[i] * units);
        for (int j = 0; j <= i; j++) {
          sums.addProducts(i == j ? units - 1.0 : 0);
        }
      }
      return sums;
    }

    private ArmSlice.Builder slice(String value, long old, long fresh) {
      ArmSlice.Builder slice = ArmSlice.newBuilder().addArms(rate(old)).addArms(rate(fresh));
      return value.isEmpty() ? slice : slice.setValue(value);
    }

    private ArmSums.Builder rate(long successes) {
      return ArmSums.newBuilder()
          .setUnits(units)
          .setSample(
              MetricSample.newBuilder()
                  .setProportion(
                      ProportionCounts.newBuilder()
                          .setUnits(units)
                          .setSuccesses(Math.min(units, successes))));
    }
  }
}
