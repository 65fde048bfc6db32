package io.tenure.experiment.domain.flag;

import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Shares;
import java.util.List;

/** How units are spread over variants: the share of each, in the order of the list. */
public record Allocation(List<Share> shares) implements RuleServing {

  /** Copies the list. */
  public Allocation {
    shares = List.copyOf(shares);
  }

  /** Everybody gets one variant. */
  public static Allocation everybody(String variant) {
    return new Allocation(List.of(new Share(variant, Shares.WHOLE)));
  }

  /** What a rule with this allocation serves. */
  Serving serving(Dealing dealing) {
    List<Share> dealt = shares.stream().filter(share -> share.weight() > 0).toList();
    return dealt.size() == 1
        ? new Serving.Fixed(dealt.getFirst().variant())
        : Serving.Split.of(
            "",
            dealing,
            List.of(),
            dealt.stream().map(Share::variant).toList(),
            dealt.stream().map(Share::weight).toList(),
            null);
  }
}
