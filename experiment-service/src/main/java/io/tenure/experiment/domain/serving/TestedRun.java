package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.SplitKey;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.RuleServing;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The run a rule of a flag names, whether it deals anybody now or not: whoever is told a variant
 * also wants to know what it is compared with.
 *
 * @param split the name its units are counted under
 * @param unit what it deals
 * @param control the variant the others are compared with; empty for an import
 */
public record TestedRun(SplitKey split, UnitType unit, String control) {

  /** The runs of a flag, in the order of its rules. */
  static List<TestedRun> of(Flag flag, Map<String, Experiment> experiments) {
    return flag.rules().stream().flatMap(rule -> of(rule, experiments)).toList();
  }

  private static Stream<TestedRun> of(FlagRule rule, Map<String, Experiment> experiments) {
    return switch (rule.serving()) {
      case Allocation _ -> Stream.of();
      case RuleServing.Imported(Serving.Split split) ->
          split.key().isEmpty() ? Stream.of() : Stream.of(imported(split));
      case RuleServing.Tested(String key) ->
          Stream.ofNullable(experiments.get(key)).map(TestedRun::of);
    };
  }

  private static TestedRun imported(Serving.Split split) {
    return new TestedRun(SplitKey.read(split.key()), split.unit(), "");
  }

  private static TestedRun of(Experiment experiment) {
    return new TestedRun(
        new SplitKey(experiment.key(), experiment.phase()),
        experiment.design().unit(),
        experiment.design().control());
  }
}
