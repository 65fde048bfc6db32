package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.analysis.GuardrailVerdict;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.result.Proposal.Kind;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.multiplicity.Guardrail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Proposes what to do by rules anybody can follow: trust first, then harm, then goals. A variant is
 * shipped only when a goal got better, none got worse, and every guardrail is known to hold.
 */
final class ProposalRules {

  /** What is known of one treatment. */
  private record Standing(
      String arm,
      List<String> better,
      List<String> worse,
      List<String> broken,
      List<String> open,
      double gain) {

    boolean harms() {
      return !broken.isEmpty() || (!worse.isEmpty() && better.isEmpty());
    }

    boolean wins() {
      return broken.isEmpty() && worse.isEmpty() && !better.isEmpty();
    }
  }

  private final Results results;
  private final List<String> reasons = new ArrayList<>();

  private ProposalRules(Results results) {
    this.results = results;
  }

  static Proposal propose(Results results, Health health) {
    return new ProposalRules(results).propose(health);
  }

  private Proposal propose(Health health) {
    if (health.severity() == Severity.ALARM) {
      reasons.addAll(health.findings());
      return proposal(
          Kind.INVESTIGATE, "", "Find out first why the numbers can't be trusted; decide nothing.");
    }
    Basis basis = results.basis();
    if (basis.look() == null) {
      reasons.add(
          basis.design().plan().design() == DesignKind.FIXED
              ? "A fixed design is judged once, after it was stopped: %d of %d planned units are there."
                  .formatted(basis.units(), basis.design().plan().plannedUnits())
              : "There was no look yet.");
      boolean enough = basis.units() >= basis.design().plan().plannedUnits();
      return proposal(
          Kind.CONTINUE,
          "",
          enough ? "The planned units are there: stop it to see what it showed." : "Go on.");
    }
    List<Standing> standings = new ArrayList<>();
    for (int arm = 0; arm < results.balance().treatments().size(); arm++) {
      standings.add(standing(arm));
    }
    List<Standing> winners =
        standings.stream()
            .filter(Standing::wins)
            .sorted(Comparator.comparingDouble(Standing::gain).reversed())
            .toList();
    List<Standing> safe = winners.stream().filter(winner -> winner.open().isEmpty()).toList();
    if (!safe.isEmpty()) {
      return ship(safe);
    }
    if (!winners.isEmpty()) {
      return unproven(winners.getFirst());
    }
    if (standings.stream().allMatch(Standing::harms)) {
      return proposal(Kind.STOP, "", "Stop it and keep the control.");
    }
    if (standings.stream().anyMatch(one -> !one.better().isEmpty())) {
      return proposal(
          Kind.DISCUSS, "", "Goals speak against each other; people have to weigh them.");
    }
    return nothingFound(standings);
  }

  private Proposal ship(List<Standing> safe) {
    Standing best = safe.getFirst();
    if (safe.size() > 1) {
      reasons.add(
          "Several variants are better than the control; '%s' gains most on the first goal, which does not prove it better than the others."
              .formatted(best.arm()));
    }
    return proposal(Kind.SHIP, best.arm(), "Give '%s' to everybody.".formatted(best.arm()));
  }

  private Proposal unproven(Standing best) {
    String open = String.join("', '", best.open());
    reasons.add("It is not known yet whether '%s' holds.".formatted(open));
    return results.basis().isComplete()
        ? proposal(
            Kind.DISCUSS,
            best.arm(),
            "'%s' is better, but '%s' is not known to hold; people have to weigh it."
                .formatted(best.arm(), open))
        : proposal(
            Kind.CONTINUE,
            "",
            "Go on until the guardrails of '%s' are known to hold.".formatted(best.arm()));
  }

  private Proposal nothingFound(List<Standing> standings) {
    Basis basis = results.basis();
    if (!basis.isComplete()) {
      reasons.add(
          "%d of %d planned units are there."
              .formatted(basis.units(), basis.design().plan().plannedUnits()));
      return proposal(
          Kind.CONTINUE,
          "",
          standings.stream().anyMatch(Standing::harms)
              ? "Go on, without the variants that do harm."
              : "Go on.");
    }
    reasons.add("The planned units are there, and no goal differs from the control's.");
    return proposal(Kind.KEEP_CONTROL, "", "Keep the control.");
  }

  private Standing standing(int arm) {
    String name = results.balance().treatments().get(arm);
    List<String> better = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    double gain = 0;
    for (int goal = 0; goal < results.goals().size(); goal++) {
      Results.Judged judged = results.goals().get(goal);
      if (answer(judged, arm) instanceof Answer answer
          && answer.outcome() instanceof Answer.Told told) {
        double oriented = judged.metric().direction().orient(told.effect().estimate());
        gain = goal == 0 ? oriented : gain;
        if (told.significant()) {
          (oriented > 0 ? better : worse).add(judged.metric().key());
          reasons.add(sentence(name, judged, told, oriented > 0));
        }
      }
    }
    List<String> broken = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Results.Judged judged : results.guardrails()) {
      Answer answer = answer(judged, arm);
      GuardrailVerdict verdict = answer == null ? null : answer.guardrail();
      Guardrail.State state = verdict == null ? Guardrail.State.UNKNOWN : verdict.state();
      switch (state) {
        case BROKEN -> {
          broken.add(judged.metric().key());
          reasons.add(lost(name, judged));
        }
        case OPEN, UNKNOWN -> open.add(judged.metric().key());
        case HOLDS ->
            reasons.add(
                "The guardrail '%s' holds for '%s'.".formatted(judged.metric().key(), name));
      }
    }
    return new Standing(name, better, worse, broken, open, gain);
  }

  /** What treatments do a guardrail, one sentence for each that breaks it. */
  static List<String> broken(Results.Judged guardrail, List<String> arms) {
    List<String> broken = new ArrayList<>();
    for (int arm = 0; arm < arms.size() - 1; arm++) {
      Answer answer = answer(guardrail, arm);
      GuardrailVerdict verdict = answer == null ? null : answer.guardrail();
      if (verdict != null && verdict.state() == Guardrail.State.BROKEN) {
        broken.add(lost(arms.get(arm + 1), guardrail));
      }
    }
    return broken;
  }

  private static String lost(String arm, Results.Judged guardrail) {
    return "'%s' loses more on the guardrail '%s' than can be borne."
        .formatted(arm, guardrail.metric().key());
  }

  private static @Nullable Answer answer(Results.Judged judged, int arm) {
    return judged.answers() == null ? null : judged.answers().answers().get(arm);
  }

  private static String sentence(
      String arm, Results.Judged judged, Answer.Told told, boolean better) {
    Interval interval = told.effect().interval();
    return String.format(
        Locale.ROOT,
        "'%s' is %s on '%s': %+.2f %%, between %+.2f %% and %+.2f %% at a level of %.4g %%, p ="
            + " %.2g.",
        arm,
        better ? "better" : "worse",
        judged.metric().key(),
        100 * told.effect().estimate(),
        100 * interval.low(),
        100 * interval.high(),
        100 * told.level(),
        told.effect().pValue());
  }

  private Proposal proposal(Kind kind, String variant, String summary) {
    return new Proposal(results.basis(), kind, variant, summary, reasons);
  }
}
