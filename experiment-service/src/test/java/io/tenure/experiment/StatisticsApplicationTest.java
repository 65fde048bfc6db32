package io.tenure.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzedMetric;
import io.tenure.proto.experiment.v1.ArmBelief;
import io.tenure.proto.experiment.v1.ArmCount;
import io.tenure.proto.experiment.v1.ArmSample;
import io.tenure.proto.experiment.v1.BanditArm;
import io.tenure.proto.experiment.v1.CalculateDetectableEffectRequest;
import io.tenure.proto.experiment.v1.CalculatePowerRequest;
import io.tenure.proto.experiment.v1.CalculateSampleSizeRequest;
import io.tenure.proto.experiment.v1.CheckSampleRatioRequest;
import io.tenure.proto.experiment.v1.DesignKind;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.ExperimentOutline;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.PlanSequentialRequest;
import io.tenure.proto.experiment.v1.ProportionCounts;
import io.tenure.proto.experiment.v1.StatisticsServiceGrpc;
import io.tenure.proto.experiment.v1.TestDesign;
import io.tenure.proto.experiment.v1.WeighBanditRequest;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Every calculator once, through the started service. */
final class StatisticsApplicationTest {

  private static final String NAME = "experiment-" + UUID.randomUUID();
  private static final ExperimentOutline OUTLINE =
      ExperimentOutline.newBuilder()
          .setRate(0.05)
          .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
          .build();

  private static ConfigurableApplicationContext application;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() {
    application =
        ServiceRunner.service(ExperimentApplication.class, ExperimentApplication.NAME)
            .run(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=0",
                "--spring.grpc.server.inprocess.name=" + NAME,
                "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                "--tenure.clickhouse.database=" + TestStores.freshDatabase("statistics"),
                "--tenure.redis.url=" + TestStores.redisUrl());
    channel = InProcessChannelBuilder.forName(NAME).intercept(new CallerPropagation()).build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    application.close();
  }

  // The numbers of proto/spec/statistics: half a point on a rate of 5 %, at 5 % and two sides.

  @Test
  void plansAnExperiment() {
    var size =
        ask(
            stub ->
                stub.calculateSampleSize(
                    CalculateSampleSizeRequest.newBuilder()
                        .setOutline(OUTLINE)
                        .setEffect(0.005)
                        .build()));
    assertThat(size.getArmUnitsList()).containsExactly(31_231L, 31_231L);
    assertThat(size.getTotalUnits()).isEqualTo(62_462);

    var power =
        ask(
            stub ->
                stub.calculatePower(
                    CalculatePowerRequest.newBuilder()
                        .setOutline(OUTLINE)
                        .setEffect(0.005)
                        .setUnits(10_000)
                        .build()));
    assertThat(power.getArms(0).getPower()).isBetween(0.2017, 0.2018);

    var detectable =
        ask(
            stub ->
                stub.calculateDetectableEffect(
                    CalculateDetectableEffectRequest.newBuilder()
                        .setOutline(OUTLINE)
                        .setUnits(10_000)
                        .build()));
    assertThat(detectable.getArms(0).getIncrease()).isBetween(0.01292, 0.01293);

    var plan =
        ask(
            stub ->
                stub.planSequential(
                    PlanSequentialRequest.newBuilder()
                        .setDesign(
                            TestDesign.newBuilder()
                                .setKind(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL))
                        .setPlannedUnits(1_000)
                        .setLooks(5)
                        .build()));
    assertThat(plan.getLooks(4).getBound()).isBetween(2.1140, 2.1141);
  }

  @Test
  void watchesAnExperiment() {
    var ratio =
        ask(
            stub ->
                stub.checkSampleRatio(
                    CheckSampleRatioRequest.newBuilder()
                        .addArms(ArmCount.newBuilder().setArm("control").setUnits(821_588))
                        .addArms(ArmCount.newBuilder().setArm("treatment").setUnits(815_482))
                        .build()));
    assertThat(ratio.getTest().getPValue()).isBetween(1.82e-6, 1.83e-6);

    var analysis =
        ask(
            stub ->
                stub.analyzeSamples(
                    AnalyzeSamplesRequest.newBuilder()
                        .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
                        .addMetrics(
                            AnalyzedMetric.newBuilder()
                                .setName("conversion")
                                .addArms(arm("control", 7, 110))
                                .addArms(arm("treatment", 12, 100)))
                        .build()));
    assertThat(analysis.getMetrics(0).getComparisons(0).getEffect().getPValue())
        .isBetween(0.1602, 0.1603);

    var weights =
        ask(
            stub ->
                stub.weighBandit(
                    WeighBanditRequest.newBuilder()
                        .addArms(belief("a", 1, 0.2))
                        .addArms(belief("b", 1.3, 0.01))
                        .build()));
    assertThat(weights.getWeights(0).getWeight()).isBetween(0.06704, 0.06706);
  }

  @Test
  void isForAnalysts() {
    assertThat(code(Role.WRITER)).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(code(Role.EDITOR)).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void namesWhatIsWrong() {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> ask(stub -> stub.weighBandit(WeighBanditRequest.getDefaultInstance())))
        .satisfies(
            refused ->
                assertThat(FailureStatus.fromStatus(refused).violations())
                    .extracting(FieldViolation::field)
                    .containsExactly("arms"));
  }

  private static Status.Code code(Role role) {
    try {
      as(role, stub -> stub.weighBandit(WeighBanditRequest.getDefaultInstance()));
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  private static <T> T ask(Function<StatisticsServiceGrpc.StatisticsServiceBlockingStub, T> call) {
    return as(Role.ANALYST, call);
  }

  private static <T> T as(
      Role role, Function<StatisticsServiceGrpc.StatisticsServiceBlockingStub, T> call) {
    Caller caller = new Caller(new ProjectId("bank"), "person:ann", role);
    return CallerContext.as(
        caller, () -> call.apply(StatisticsServiceGrpc.newBlockingStub(channel)));
  }

  private static ArmSample arm(String name, long successes, long units) {
    return ArmSample.newBuilder()
        .setArm(name)
        .setSample(
            MetricSample.newBuilder()
                .setProportion(
                    ProportionCounts.newBuilder().setSuccesses(successes).setUnits(units)))
        .build();
  }

  private static BanditArm belief(String name, double mean, double deviation) {
    return BanditArm.newBuilder()
        .setArm(name)
        .setBelief(ArmBelief.newBuilder().setMean(mean).setDeviation(deviation))
        .build();
  }
}
