package io.tenure.experiment.domain.flag;

import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.Stored;
import io.tenure.flagimport.Imported;
import io.tenure.flagimport.Premise;
import io.tenure.flagimport.Refusal;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Creates flags that were read from another system's document. One after the other: a flag that
 * cannot be created is refused, with those that wait for it, and the others are created.
 */
public final class FlagImports {

  /** Serves whoever no rule serves, when the fallthrough deals; ours is the same for everybody. */
  private static final String LAST_RULE = "(otherwise)";

  private final Flags flags;

  /** Imports into these flags. */
  public FlagImports(Flags flags) {
    this.flags = flags;
  }

  /**
   * What became of a document.
   *
   * @param flags those that were, or would be, created
   * @param premises what their decisions being the same rests on
   * @param refusals the others
   */
  public record Result(List<Flag> flags, List<Premise> premises, List<Refusal> refusals) {

    /** Copies the lists. */
    public Result {
      flags = List.copyOf(flags);
      premises = List.copyOf(premises);
      refusals = List.copyOf(refusals);
    }
  }

  /** Tells what would be created, as far as that can be told without creating it. */
  public Result preview(Caller author, Imported imported) {
    List<Flag> found = imported.flags().stream().map(FlagImports::defined).toList();
    List<Refusal> refusals = new ArrayList<>(imported.refusals());
    List<Flag> good = new ArrayList<>();
    for (Flag flag : found) {
      try {
        FlagInspection.check(flag);
        flags.requireFree(author.project(), flag.key());
        good.add(flag);
      } catch (Failure failure) {
        refusals.add(refusal(flag, failure));
      }
    }
    return new Result(good, imported.premises(), refusals);
  }

  /** Creates what can be created. */
  public Result create(Caller author, Imported imported) {
    List<Flag> waiting =
        new ArrayList<>(imported.flags().stream().map(FlagImports::defined).toList());
    List<Refusal> refusals = new ArrayList<>(imported.refusals());
    List<Flag> created = new ArrayList<>();
    Set<String> open = new HashSet<>(waiting.stream().map(Flag::key).toList());
    while (!waiting.isEmpty()) {
      Flag next = next(waiting, open);
      waiting.remove(next);
      open.remove(next.key());
      try {
        Stored<Flag> stored = flags.create(author, next);
        created.add(stored.content());
      } catch (Failure failure) {
        if (!isRefusal(failure)) {
          throw failure;
        }
        refusals.add(refusal(next, failure));
      }
    }
    return new Result(created, imported.premises(), refusals);
  }

  private static boolean isRefusal(Failure failure) {
    return failure.reason() == Reason.INVALID_ARGUMENT || failure.reason() == Reason.ALREADY_EXISTS;
  }

  /** The first that waits for none still to come; they come from a set without circles. */
  private static Flag next(List<Flag> waiting, Set<String> open) {
    return waiting.stream()
        .filter(flag -> flag.waitsFor().noneMatch(wait -> open.contains(wait.flag())))
        .findFirst()
        .orElse(waiting.getFirst());
  }

  private static Refusal refusal(Flag flag, Failure failure) {
    return new Refusal(flag.key(), "", failure.text());
  }

  private static Flag defined(io.tenure.evaluator.Flag flag) {
    List<FlagRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Rule rule : flag.rules()) {
      rules.add(
          new FlagRule(
              freeName(rule.name(), names),
              rule.schedule(),
              rule.prerequisites(),
              rule.condition(),
              serving(rule.serving())));
    }
    Allocation fallthrough =
        switch (flag.fallthrough()) {
          case Serving.Fixed(String variant) -> Allocation.everybody(variant);
          case Serving.Split split -> {
            rules.add(FlagRule.of(LAST_RULE, null, new RuleServing.Imported(split)));
            yield Allocation.everybody(flag.offVariant());
          }
        };
    return new Flag(
        flag.key(),
        "",
        "",
        flag.enabled(),
        UnitType.USER,
        flag.variants(),
        flag.offVariant(),
        flag.forced(),
        flag.prerequisites(),
        rules,
        fallthrough,
        "");
  }

  /** One rule there can be several here. */
  private static String freeName(String wanted, Set<String> names) {
    String name = wanted;
    for (int number = 2; !names.add(name); number++) {
      name = wanted + " (" + number + ")";
    }
    return name;
  }

  private static RuleServing serving(Serving serving) {
    return switch (serving) {
      case Serving.Fixed(String variant) -> Allocation.everybody(variant);
      case Serving.Split split -> new RuleServing.Imported(split);
    };
  }
}
