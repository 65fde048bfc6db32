package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.bayes.Prior;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Estimate;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Scaled;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.multiplicity.Verdict;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Analyses metrics together: each treatment against the control, judged by the design, corrected as
 * one family of all metrics but guardrails. Questions without an answer don't count in the family.
 *
 * @param judge the design
 * @param correction of the family; none when every question stands alone
 * @param prior belief of every effect before
 * @param exactRates whether proportions on the absolute scale get Jeffreys' prior
 */
public record Analysis(
    Judge judge, @Nullable Correction correction, Prior prior, boolean exactRates) {

  /** Intervals are told at no lower level than 1 - this, however much a family allows. */
  private static final double GREATEST_INTERVAL_ALPHA = 0.5;

  /** The answers of a metric, in the order of its treatments. */
  public record MetricAnswers(MetricSamples metric, List<Answer> answers) {}

  /**
   * What a look tells of one treatment.
   *
   * @param significant whether "no difference" has been rejected by then
   */
  public record Glimpse(double estimate, Interval interval, boolean significant) {}

  /** One question with what the design says of it alone. */
  private record Question(
      MetricSamples metric, int arm, Judge judge, List<Comparison> looks, Judged judged) {

    boolean isInFamily() {
      return metric.margin() == null && judged.effect() instanceof Effect.Estimated;
    }

    double rawPValue() {
      return judged.effect() instanceof Effect.Estimated estimated ? estimated.pValue() : 1;
    }
  }

  /**
   * The estimate and interval of one metric alone: cheap where a p-value is not.
   *
   * @return for each treatment what a look tells; null where nothing can be told
   */
  public List<@Nullable Glimpse> glimpses(MetricSamples metric) {
    List<@Nullable Glimpse> glimpses = new ArrayList<>();
    Judge own = metric.judged(judge);
    for (int arm = 1; arm < metric.arms().size(); arm++) {
      List<Comparison> looks = metric.comparisons(arm, own.looks());
      glimpses.add(
          looks.getLast().on(metric.scale()) instanceof Scaled.Possible(Estimate estimate)
              ? new Glimpse(
                  estimate.value(),
                  own.interval(looks, metric.scale(), own.alpha()),
                  own.rejects(looks, metric.scale()))
              : null);
    }
    return glimpses;
  }

  /** Answers all metrics, in their order. */
  public List<MetricAnswers> of(List<MetricSamples> metrics) {
    List<List<Question>> questions = metrics.stream().map(this::questions).toList();
    List<Question> family =
        questions.stream().flatMap(List::stream).filter(Question::isInFamily).toList();
    List<Verdict> verdicts = verdicts(family);
    List<MetricAnswers> answers = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < metrics.size(); i++) {
      List<Answer> ofMetric = new ArrayList<>();
      for (Question question : questions.get(i)) {
        boolean judgedTogether = !verdicts.isEmpty() && question.isInFamily();
        ofMetric.add(answer(question, judgedTogether ? verdicts.get(next++) : null));
      }
      answers.add(new MetricAnswers(metrics.get(i), ofMetric));
    }
    return answers;
  }

  private List<Question> questions(MetricSamples metric) {
    List<Question> questions = new ArrayList<>();
    Judge own = metric.judged(judge);
    for (int arm = 1; arm < metric.arms().size(); arm++) {
      List<Comparison> looks = metric.comparisons(arm, own.looks());
      questions.add(new Question(metric, arm, own, looks, own.judge(looks, metric.scale())));
    }
    return questions;
  }

  private List<Verdict> verdicts(List<Question> family) {
    if (correction == null) {
      return List.of();
    }
    double[] p = family.stream().mapToDouble(Question::rawPValue).toArray();
    double[] weights = family.stream().mapToDouble(q -> q.metric().weight()).toArray();
    return correction.of(p, weights, judge.alpha());
  }

  private Answer answer(Question question, @Nullable Verdict verdict) {
    MetricSamples metric = question.metric();
    Sample treatment = metric.arms().get(question.arm());
    Sample control = metric.arms().getFirst();
    return new Answer(
        treatment,
        control,
        outcome(question, verdict),
        belief(question, treatment, control),
        metric.margin() == null
            ? null
            : GuardrailVerdict.of(
                question.judge(),
                question.looks(),
                metric.scale(),
                metric.direction(),
                metric.margin()));
  }

  private Answer.Outcome outcome(Question question, @Nullable Verdict verdict) {
    return switch (question.judged().effect()) {
      case Effect.Unavailable(Obstacle obstacle) -> new Answer.Untold(obstacle);
      case Effect.Estimated alone when verdict == null ->
          told(question, alone, judge.alpha(), question.judged().significant());
      case Effect.Estimated alone -> {
        double alpha = Math.min(verdict.intervalAlpha(), GREATEST_INTERVAL_ALPHA);
        Interval interval =
            question.judge().interval(question.looks(), question.metric().scale(), alpha);
        yield told(
            question,
            new Effect.Estimated(
                alone.estimate(),
                alone.standardError(),
                alone.degreesOfFreedom(),
                verdict.interval(interval, alone.estimate()),
                verdict.pValue()),
            alpha,
            verdict.discovery());
      }
    };
  }

  private static Answer.Told told(
      Question question, Effect.Estimated effect, double intervalAlpha, boolean significant) {
    return new Answer.Told(
        effect,
        1 - intervalAlpha,
        question.rawPValue(),
        significant,
        varianceReduction(question),
        question.judged().drifted());
  }

  private static @Nullable Double varianceReduction(Question question) {
    MetricSamples metric = question.metric();
    return metric.isAdjusted()
            && question.looks().getLast() instanceof Difference adjusted
            && metric.unadjusted(question.arm()) instanceof Difference plain
        ? 1 - adjusted.variance() / plain.variance()
        : null;
  }

  private BeliefVerdict belief(Question question, Sample treatment, Sample control) {
    MetricSamples metric = question.metric();
    double level = 1 - judge.alpha();
    if (exactRates
        && metric.scale() == Scale.ABSOLUTE
        && treatment instanceof ProportionSample t
        && control instanceof ProportionSample c
        && BeliefVerdict.isExact(t, c)) {
      return BeliefVerdict.exact(t, c, metric.direction(), level);
    }
    return BeliefVerdict.of(
        question.looks().getLast(), metric.scale(), prior, metric.direction(), level);
  }
}
