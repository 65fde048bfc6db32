package io.tenure.flagimport;

import io.tenure.condition.domain.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A condition, or what is known to hold for everybody or for nobody. */
sealed interface Claim {

  /** Holds for everybody. */
  Claim ALWAYS = new Constant(true);

  /** Holds for nobody. */
  Claim NEVER = new Constant(false);

  /** The same for everybody. */
  record Constant(boolean holds) implements Claim {}

  /** It depends. */
  record When(Condition condition) implements Claim {}

  static Claim of(boolean holds) {
    return holds ? ALWAYS : NEVER;
  }

  static Claim all(List<Claim> parts) {
    return combined(parts, ALWAYS, NEVER, Condition.All::new);
  }

  static Claim all(Claim... parts) {
    return all(List.of(parts));
  }

  static Claim any(List<Claim> parts) {
    return combined(parts, NEVER, ALWAYS, Condition.Any::new);
  }

  static Claim any(Claim... parts) {
    return any(List.of(parts));
  }

  /** Parts that say nothing are left out; one that settles it is the whole. */
  private static Claim combined(
      List<Claim> parts, Claim idle, Claim settling, Function<List<Condition>, Condition> combine) {
    List<Condition> conditions = new ArrayList<>();
    for (Claim part : parts) {
      if (part.equals(settling)) {
        return settling;
      }
      if (part instanceof When(Condition condition)) {
        conditions.add(condition);
      }
    }
    return conditions.isEmpty() ? idle : new When(joined(conditions, combine));
  }

  /** A list of the language is limited, so a long one becomes a list of lists. */
  private static Condition joined(
      List<Condition> conditions, Function<List<Condition>, Condition> combine) {
    List<Condition> level = conditions;
    while (level.size() > Condition.MAX_PARTS) {
      List<Condition> next = new ArrayList<>();
      for (int from = 0; from < level.size(); from += Condition.MAX_PARTS) {
        next.add(
            combine.apply(level.subList(from, Math.min(level.size(), from + Condition.MAX_PARTS))));
      }
      level = next;
    }
    return level.size() == 1 ? level.getFirst() : combine.apply(level);
  }

  default Claim not() {
    return switch (this) {
      case Constant(boolean holds) -> of(!holds);
      case When(Condition.Not(Condition part)) -> new When(part);
      case When(Condition condition) -> new When(new Condition.Not(condition));
    };
  }

  /** The condition; null for everybody. Not to be asked of what never holds. */
  default @Nullable Condition condition() {
    return switch (this) {
      case When(Condition condition) -> condition;
      case Constant(boolean holds) when holds -> null;
      case Constant _ -> throw new IllegalStateException("Never holds");
    };
  }
}
