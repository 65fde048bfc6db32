package io.tenure.experiment.api.statistics;

import io.tenure.experiment.domain.planning.Outline;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.ExperimentOutline;
import io.tenure.proto.experiment.v1.MeanOutcome;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.RatioOutcome;
import io.tenure.proto.experiment.v1.TestDesign;
import io.tenure.statistics.power.Detection;
import io.tenure.statistics.power.Outcome;
import io.tenure.statistics.sample.LinearForm;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.List;
import java.util.Optional;

/** Experiments before they begin or in the middle, from their message. */
final class OutlineReader {

  private static final int MOST_ARMS = 20;
  private static final int MOST_LOOKS = 200;
  private static final int USUAL_LOOKS = 28;

  /** Only shares of the planned units matter for what a design finds. */
  private static final long ANY_UNITS = 1_000_000_000;

  private OutlineReader() {}

  static void inspect(Inspection inspection, ExperimentOutline outline) {
    inspection.known("outline.scale", outline.getScale());
    TermsReader.inspect(inspection, "outline.design", outline.getDesign());
    inspection.between("outline.looks", looks(outline), 1, MOST_LOOKS, "1 to 200 looks");
    inspectShares(inspection, outline);
    inspection.require(
        outline.getExplainedVariance() >= 0 && outline.getExplainedVariance() <= 0.999999,
        "outline.explained_variance",
        "at least 0 and less than 1");
    boolean relative = outline.getScale() != EffectScale.EFFECT_SCALE_ABSOLUTE;
    switch (outline.getOutcomeCase()) {
      case RATE ->
          inspection.require(
              outline.getRate() >= 1e-9 && outline.getRate() <= 1 - 1e-9,
              "outline.rate",
              "within (0, 1)");
      case MEAN -> inspectMean(inspection, outline.getMean(), relative);
      case RATIO -> inspectRatio(inspection, outline.getRatio(), relative);
      case CONTROL -> inspectControl(inspection, outline.getControl(), relative);
      case OUTCOME_NOT_SET -> inspection.require(false, "outline", "needs an outcome");
    }
  }

  /** Inspects an effect on an outline that was inspected before. */
  static void inspectEffect(Inspection inspection, ExperimentOutline outline, double effect) {
    inspection.require(
        Math.abs(effect) >= 1e-100 && Math.abs(effect) <= 1e100,
        "effect",
        "not zero, and between 1e-100 and 1e100 in size");
    boolean sought =
        switch (TermsReader.alternative(outline.getDesign())) {
          case TWO_SIDED -> true;
          case GREATER -> effect > 0;
          case LESS -> effect < 0;
        };
    inspection.require(sought, "effect", "lies where the test doesn't look");
    if (inspection.isClean()) {
      inspection.require(
          Outline.isPossible(outcome(outline), TermsReader.scale(outline.getScale()), effect),
          "effect",
          "takes the rate out of 0 to 1");
    }
  }

  /** The outline of a message that was inspected. */
  static Outline read(ExperimentOutline outline) {
    TestDesign design = outline.getDesign();
    return new Outline(
        outcome(outline),
        TermsReader.scale(outline.getScale()),
        detection(outline),
        TermsReader.alternative(design),
        outline.getSharesCount() == 0 ? List.of(1.0, 1.0) : outline.getSharesList(),
        explained(outline));
  }

  /** Units of the control's sample; none when there is no sample. */
  static Optional<Long> controlUnits(ExperimentOutline outline) {
    return outline.hasControl()
        ? Optional.of(SampleReader.read(outline.getControl()).units())
        : Optional.empty();
  }

  private static void inspectShares(Inspection inspection, ExperimentOutline outline) {
    if (outline.getSharesCount() == 0) {
      return;
    }
    inspection.count("outline.shares", outline.getSharesCount(), 2, MOST_ARMS);
    double least = outline.getSharesList().stream().mapToDouble(x -> x).min().orElse(0);
    double greatest = outline.getSharesList().stream().mapToDouble(x -> x).max().orElse(0);
    inspection.require(
        least >= 1e-100 && greatest <= 1e100 && greatest <= 10_000 * least,
        "outline.shares",
        "positive numbers at most 10,000 times apart");
  }

  private static void inspectMean(Inspection inspection, MeanOutcome mean, boolean relative) {
    inspection.number("outline.mean.mean", mean.getMean());
    inspection.require(
        !relative || mean.getMean() != 0,
        "outline.mean.mean",
        "nothing is relative to zero; ask for the absolute scale");
    inspection.between(
        "outline.mean.variance", mean.getVariance(), 1e-200, 1e200, "positive, at most 1e200");
  }

  private static void inspectRatio(Inspection inspection, RatioOutcome ratio, boolean relative) {
    boolean good =
        inspection.number("outline.ratio.numerator_mean", ratio.getNumeratorMean())
            & inspection.number("outline.ratio.denominator_mean", ratio.getDenominatorMean())
            & inspection.square("outline.ratio.covariance", ratio.getCovariance());
    good &=
        inspection.require(
            ratio.getDenominatorMean() != 0, "outline.ratio.denominator_mean", "not zero");
    good &=
        inspection.require(
            !relative || ratio.getNumeratorMean() != 0,
            "outline.ratio.numerator_mean",
            "nothing is relative to zero; ask for the absolute scale");
    for (double variance :
        new double[] {ratio.getNumeratorVariance(), ratio.getDenominatorVariance()}) {
      good &=
          inspection.between(
              "outline.ratio", variance, 0, 1e200, "variances are not negative, at most 1e200");
    }
    if (good) {
      double variance = variance(ratio);
      inspection.require(
          variance >= 1e-200 && variance <= 1e200,
          "outline.ratio",
          "nothing varies, or no values have these variances and covariance");
    }
  }

  private static void inspectControl(
      Inspection inspection, MetricSample control, boolean relative) {
    Inspection own = new Inspection();
    SampleReader.inspect(own, "outline.control", control);
    SampleReader.inspect(inspection, "outline.control", control);
    if (!own.isClean()) {
      return;
    }
    Sample sample = SampleReader.read(control);
    if (!inspection.require(
        !(sample instanceof QuantileSample),
        "outline.control",
        "a mean, a proportion or a ratio; quantiles can't be planned")) {
      return;
    }
    if (inspection.require(
        sample.obstacle().isEmpty(), "outline.control", "the arm has no estimate yet")) {
      double value = sample.estimate().value();
      double variance = sample.estimate().variance() * sample.units();
      inspection.require(
          variance >= 1e-200 && variance <= 1e200,
          "outline.control",
          "no unit differs from another, so nothing can be planned by them");
      inspection.require(
          !relative || value != 0,
          "outline.control",
          "nothing is relative to zero; ask for the absolute scale");
    }
  }

  private static Outcome outcome(ExperimentOutline outline) {
    return switch (outline.getOutcomeCase()) {
      case RATE -> new Outcome.Rate(outline.getRate());
      case MEAN -> new Outcome.Mean(outline.getMean().getMean(), outline.getMean().getVariance());
      case RATIO -> new Outcome.Mean(value(outline.getRatio()), variance(outline.getRatio()));
      case CONTROL ->
          switch (SampleReader.read(outline.getControl())) {
            case MeanSample mean -> Outcome.Mean.of(mean);
            case RatioSample ratio -> Outcome.Mean.of(ratio);
            case ProportionSample rate -> new Outcome.Rate(rate.estimate().value());
            case QuantileSample _ -> throw new IllegalStateException("Outlines are inspected");
          };
      case OUTCOME_NOT_SET -> throw new IllegalStateException("Outlines are inspected");
    };
  }

  private static Detection detection(ExperimentOutline outline) {
    TestDesign design = outline.getDesign();
    return switch (TermsReader.kind(design)) {
      case DESIGN_KIND_FIXED, DESIGN_KIND_UNSPECIFIED, UNRECOGNIZED ->
          new Detection.Fixed(TermsReader.alpha(design), TermsReader.alternative(design));
      case DESIGN_KIND_GROUP_SEQUENTIAL ->
          new Detection.GroupSequential(
              TermsReader.groupSequential(design, ANY_UNITS).equalLooks(looks(outline)));
      case DESIGN_KIND_CONFIDENCE_SEQUENCE ->
          new Detection.Sequence(TermsReader.sequence(design, ANY_UNITS));
    };
  }

  private static double explained(ExperimentOutline outline) {
    if (outline.hasExplainedVariance() || !outline.hasControl()) {
      return outline.getExplainedVariance();
    }
    return switch (SampleReader.read(outline.getControl())) {
      case MeanSample mean -> explained(mean.linearForm());
      case RatioSample ratio -> explained(ratio.linearForm());
      case ProportionSample _, QuantileSample _ -> 0;
    };
  }

  /** What the first covariate explains. */
  private static double explained(LinearForm form) {
    if (form.covariates() == 0 || !(form.covariance(1, 1) > 0)) {
      return 0;
    }
    double slope = form.covariance(0, 1) / form.covariance(1, 1);
    return Math.clamp(slope * (form.covariance(0, 1) / form.covariance(0, 0)), 0, 0.999999);
  }

  private static double value(RatioOutcome ratio) {
    return ratio.getNumeratorMean() / ratio.getDenominatorMean();
  }

  /** Of one unit's linear form, by the delta method. */
  private static double variance(RatioOutcome ratio) {
    double slope = value(ratio);
    double spread =
        ratio.getNumeratorVariance()
            - 2 * slope * ratio.getCovariance()
            + slope * slope * ratio.getDenominatorVariance();
    return spread / ratio.getDenominatorMean() / ratio.getDenominatorMean();
  }

  private static int looks(ExperimentOutline outline) {
    return outline.getLooks() == 0 ? USUAL_LOOKS : outline.getLooks();
  }
}
