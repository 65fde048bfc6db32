package io.tenure.statistics.bayes;

import static io.tenure.statistics.Vectors.assertClose;
import static io.tenure.statistics.Vectors.assertProbability;
import static io.tenure.statistics.Vectors.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.statistics.Vectors;
import io.tenure.statistics.effect.Baseline;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.ProportionSample;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class BeliefTest {

  private final Vectors vectors = Vectors.of("bayes");

  @Test
  void normalBeliefsAgreeWithIntegration() {
    for (JsonNode c : vectors.cases("normals")) {
      Scale scale = Scale.valueOf(c.path("scale").stringValue());
      Posterior posterior = believed(Update.of(difference(c), scale, prior(c.path("prior"))));
      assertClose(posterior.mean(), number(c.path("mean")), 1e-9, "mean of " + c);
      assertClose(posterior.deviation(), c.path("deviation"), "deviation of " + c);
      assertProbability(
          posterior.chanceToWin(Direction.HIGHER_IS_BETTER), c.path("win"), "win of " + c);
      assertClose(
          posterior.lossOfTreatment(Direction.HIGHER_IS_BETTER),
          c.path("lossOfTreatment"),
          "loss of treatment of " + c);
      assertClose(
          posterior.lossOfControl(Direction.HIGHER_IS_BETTER),
          c.path("lossOfControl"),
          "loss of control of " + c);
      assertClose(posterior.credible(0.95).low(), c.path("low"), "low of " + c);
      assertClose(posterior.credible(0.95).high(), c.path("high"), "high of " + c);
    }
  }

  @Test
  void fewConversionsAgreeWithIntegration() {
    for (JsonNode c : vectors.cases("betas")) {
      BetaPosterior belief = BetaPosterior.of(rate(c.path("treatment")), rate(c.path("control")));
      assertProbability(
          belief.chanceToWin(Direction.HIGHER_IS_BETTER), c.path("win"), "win of " + c);
      assertClose(
          belief.lossOfTreatment(Direction.HIGHER_IS_BETTER),
          c.path("lossOfTreatment"),
          "loss of treatment of " + c);
      assertClose(
          belief.lossOfControl(Direction.HIGHER_IS_BETTER),
          c.path("lossOfControl"),
          "loss of control of " + c);
      assertClose(
          belief.cumulative(number(c.path("difference"))), c.path("cumulative"), "cdf of " + c);
    }
  }

  @Test
  void aCredibleIntervalHoldsWhatItSays() {
    BetaPosterior belief =
        BetaPosterior.of(new ProportionSample(5, 100), new ProportionSample(12, 100));
    assertThat(belief.cumulative(belief.credible(0.95).low())).isCloseTo(0.025, within(1e-9));
    assertThat(belief.cumulative(belief.credible(0.95).high())).isCloseTo(0.975, within(1e-9));
  }

  @Test
  void lowerIsBetterSwapsTheArms() {
    ProportionSample first = new ProportionSample(5, 100);
    ProportionSample second = new ProportionSample(12, 110);
    BetaPosterior there = BetaPosterior.of(first, second);
    BetaPosterior back = BetaPosterior.of(second, first);
    assertThat(there.chanceToWin(Direction.LOWER_IS_BETTER))
        .isEqualTo(back.chanceToWin(Direction.HIGHER_IS_BETTER));
    assertThat(there.lossOfTreatment(Direction.LOWER_IS_BETTER))
        .isEqualTo(back.lossOfTreatment(Direction.HIGHER_IS_BETTER));
    assertThat(there.chanceToWin(Direction.LOWER_IS_BETTER))
        .isCloseTo(1 - there.chanceToWin(Direction.HIGHER_IS_BETTER), within(1e-12));
  }

  @Test
  void aPriorOnEitherScaleSaysTheSame() {
    Difference difference =
        new Difference(2, 1, Double.POSITIVE_INFINITY, 100, new Baseline(-50, 0, 0));
    Posterior absolute =
        believed(
            Update.of(difference, Scale.ABSOLUTE, new Prior.Gaussian(0, 0.02, Scale.RELATIVE)));
    Posterior relative =
        believed(Update.of(difference, Scale.RELATIVE, new Prior.Gaussian(0, 1, Scale.ABSOLUTE)));
    assertThat(relative.mean() * 50).isCloseTo(absolute.mean(), within(1e-12));
    assertThat(relative.deviation() * 50).isCloseTo(absolute.deviation(), within(1e-12));
  }

  @Test
  void nothingIsRelativeToZero() {
    Difference difference = new Difference(2, 1, 10, 100, new Baseline(0, 0.1, -0.1));
    assertThat(Update.of(difference, Scale.RELATIVE, new Prior.Flat()))
        .isEqualTo(new Update.Impossible(new Obstacle.ZeroBaseline()));
    assertThat(Update.of(difference, Scale.ABSOLUTE, Prior.usual()))
        .isEqualTo(new Update.Impossible(new Obstacle.ZeroBaseline()));
  }

  private static Difference difference(JsonNode c) {
    JsonNode d = c.path("difference");
    return new Difference(
        number(d.path("value")),
        number(d.path("variance")),
        100,
        200,
        new Baseline(
            number(d.path("baseline")),
            number(d.path("baselineVariance")),
            number(d.path("covariance"))));
  }

  private static Prior prior(JsonNode prior) {
    return prior.isNull()
        ? new Prior.Flat()
        : new Prior.Gaussian(
            number(prior.path("mean")),
            number(prior.path("deviation")),
            Scale.valueOf(prior.path("scale").stringValue()));
  }

  private static Posterior believed(Update update) {
    assertThat(update).isInstanceOf(Update.Believed.class);
    return ((Update.Believed) update).posterior();
  }

  private static ProportionSample rate(JsonNode counts) {
    return new ProportionSample(counts.path(0).longValue(), counts.path(1).longValue());
  }
}
