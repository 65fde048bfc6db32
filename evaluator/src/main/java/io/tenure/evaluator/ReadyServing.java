package io.tenure.evaluator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a rule serves, made ready to be asked often. */
@FunctionalInterface
interface ReadyServing {

  /** What the subject gets; null when the next rule decides. */
  @Nullable Outcome serve(Subject subject, Instant now, @Nullable Trace trace);

  /**
   * What is served for a flag.
   *
   * @param certain the reason when it is the same for everybody
   */
  static ReadyServing of(Flag flag, String rule, Serving serving, Reason certain) {
    return switch (serving) {
      case Serving.Fixed(String name) -> {
        Variant variant = flag.variant(name);
        Outcome outcome = new Outcome(flag.key(), name, variant.value(), certain, rule, "", null);
        yield (_, _, _) -> outcome;
      }
      case Serving.Split split -> new ReadySplit(flag, rule, split);
    };
  }
}
