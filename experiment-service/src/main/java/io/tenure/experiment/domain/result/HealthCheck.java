package io.tenure.experiment.domain.result;

import io.tenure.statistics.balance.Culprits;
import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.SampleRatioRun;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.multiplicity.Verdict;
import io.tenure.statistics.sample.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for reasons not to trust the numbers of a run. */
final class HealthCheck {

  private static final double ALPHA = 0.05;

  private final Evidence evidence;
  private final double[] weights;

  private HealthCheck(Evidence evidence) {
    this.evidence = evidence;
    this.weights = evidence.weights();
  }

  /**
   * The health of a run.
   *
   * @param dimension its name, where units are told apart
   */
  static Health of(Evidence evidence, @Nullable String dimension, List<Health.PowerLeft> power) {
    return new HealthCheck(evidence).check(dimension, power);
  }

  private Health check(@Nullable String dimension, List<Health.PowerLeft> power) {
    ArmSource.Look latest = evidence.latest();
    SampleRatio ratio = SampleRatio.check(latest.unitsByArm(), weights);
    List<Double> overLooks = overLooks(evidence.units(), weights);
    Health.Mixed mixed = mixed(latest);
    List<Health.Covariate> covariates = covariates();
    List<String> findings = new ArrayList<>();
    Severity severity = Severity.of(overLooks.getLast());
    if (severity != Severity.FINE) {
      findings.add(
          "Units did not arrive as they were dealt (p = %.2g over all looks): something loses units of an arm, and nothing else can be trusted"
              .formatted(overLooks.getLast()));
    } else if (ratio.severity() != Severity.FINE) {
      findings.add(
          "Today's numbers of units are unlikely for the weights (p = %.2g), but over all looks they are not"
              .formatted(ratio.pValue()));
    }
    if (mixed.severity() != Severity.FINE) {
      findings.add(
          String.format(
              Locale.ROOT,
              "%d units (%.2f %%) saw several variants; they count in the arm they saw first",
              mixed.units(),
              100 * mixed.share()));
    }
    if (latest.strangers() > 0) {
      findings.add(
          latest.strangers() + " units were exposed to a variant the experiment does not deal");
    }
    covariates.stream()
        .filter(covariate -> covariate.severity() != Severity.FINE)
        .forEach(
            covariate ->
                findings.add(
                    "'%s' differed on '%s' before the experiment already (p = %.2g)"
                        .formatted(covariate.arm(), covariate.metric(), covariate.pValue())));
    Severity worst =
        Stream.of(
                Stream.of(severity, mixed.severity(), softened(ratio.severity())),
                covariates.stream().map(Health.Covariate::severity))
            .flatMap(severities -> severities)
            .max(Comparator.naturalOrder())
            .orElse(Severity.FINE);
    return new Health(
        evidence.basis(),
        worst,
        Results.Balance.of(evidence),
        ratio,
        overLooks,
        dimension == null ? null : suspect(dimension),
        mixed,
        latest.strangers(),
        covariates,
        power,
        findings);
  }

  /** One look's test raises false alarms when it is looked at every day. */
  private static Severity softened(Severity ofOneLook) {
    return ofOneLook == Severity.FINE ? Severity.FINE : Severity.WARNING;
  }

  static Health.Mixed mixed(ArmSource.Look look) {
    return new Health.Mixed(
        look.mixed(), look.units() == 0 ? 0 : (double) look.mixed() / look.units());
  }

  /** The least p-value of the sample ratio by each look. */
  static List<Double> overLooks(ArmSource.Arms units, double[] weights) {
    SampleRatioRun run = SampleRatioRun.start(weights);
    List<Double> least = new ArrayList<>();
    for (ArmSource.Look look : units.looks()) {
      run = run.next(look.unitsByArm());
      least.add(run.pValue());
    }
    return least;
  }

  private Culprits.Suspect suspect(String dimension) {
    List<Culprits.Value> values =
        evidence.units().slices().stream()
            .map(
                slice ->
                    new Culprits.Value(
                        slice.others()
                            ? "(others)"
                            : Objects.requireNonNullElse(slice.value(), "(none)"),
                        slice.arms().stream().mapToLong(ArmSource.Sums::units).toArray()))
            .toList();
    return Culprits.rank(List.of(new Culprits.Dimension(dimension, values)), weights).getFirst();
  }

  private List<Health.Covariate> covariates() {
    List<Health.Covariate> found = new ArrayList<>();
    Stream.concat(evidence.goals().stream(), evidence.guardrails().stream())
        .distinct()
        .forEach(measured -> found.addAll(covariates(measured)));
    double[] p = found.stream().mapToDouble(Health.Covariate::pValue).toArray();
    double[] alike = new double[p.length];
    Arrays.fill(alike, 1);
    List<Verdict> verdicts = Correction.HOLM.of(p, alike, ALPHA);
    List<Health.Covariate> corrected = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      Health.Covariate raw = found.get(i);
      corrected.add(
          new Health.Covariate(
              raw.metric(), raw.arm(), raw.difference(), verdicts.get(i).pValue()));
    }
    return corrected;
  }

  private List<Health.Covariate> covariates(Evidence.Measured measured) {
    ArmSource.Arms arms = measured.arms();
    if (arms == null) {
      return List.of();
    }
    List<Sample> before = ArmSamples.covariates(ArmSamples.of(arms.looks().getLast().arms()));
    List<Health.Covariate> found = new ArrayList<>();
    for (int arm = 1; arm < before.size(); arm++) {
      Effect effect =
          Welch.compare(before.get(arm), before.getFirst())
              .effect(new Terms(Scale.RELATIVE, Alternative.TWO_SIDED, ALPHA));
      found.add(
          switch (effect) {
            case Effect.Estimated told ->
                new Health.Covariate(
                    measured.metric().key(),
                    evidence.arms().get(arm),
                    told.estimate(),
                    told.pValue());
            case Effect.Unavailable _ ->
                new Health.Covariate(measured.metric().key(), evidence.arms().get(arm), null, 1);
          });
    }
    return found;
  }
}
