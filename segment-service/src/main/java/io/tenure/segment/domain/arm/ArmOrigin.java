package io.tenure.segment.domain.arm;

import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Shares;
import io.tenure.evaluator.Stretch;
import io.tenure.evaluator.UnitType;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the arm of a unit comes from. */
public sealed interface ArmOrigin {

  /** A property of the exposure has its name. */
  record Told(Column.Property property) implements ArmOrigin {}

  /**
   * The unit is dealt once more, which gives the same arm each time. Any event of a unit that has
   * an id can be its exposure.
   *
   * @param salt mixed into the hash
   * @param weights parts of 10000, one for each arm
   */
  record Dealt(String salt, List<Integer> weights) implements ArmOrigin {
    /** Accepts weights that sum to 10000. */
    public Dealt {
      weights = List.copyOf(weights);
      Shares.cut(weights, Hashing.BUCKETS);
    }

    private UnaryOperator<String> dealer(List<String> arms) {
      Dealing dealing = Dealing.of(UnitType.USER, salt);
      List<Stretch> stretches = Shares.cut(weights, Hashing.BUCKETS);
      List<String> written = arms.stream().map(Journey::written).toList();
      return unit -> {
        String id = Journey.read(unit);
        if (id == null) {
          return "";
        }
        long bucket = dealing.bucket(id);
        int arm = 0;
        while (!stretches.get(arm).contains(bucket)) {
          arm++;
        }
        return written.get(arm);
      };
    }
  }

  /** What an exposure must bring along. */
  default Column column(@Nullable Column unit) {
    return switch (this) {
      case Told(Column.Property property) -> property;
      case Dealt _ -> unit == null ? new Column.LoginId() : unit;
    };
  }

  /** Whether an exposure says who the unit is in place of its arm. */
  default boolean isDealt() {
    return this instanceof Dealt;
  }

  /** Reads an arm from that, as a journey writes texts. */
  default UnaryOperator<String> reader(List<String> arms) {
    return switch (this) {
      case Told _ -> UnaryOperator.identity();
      case Dealt dealt -> dealt.dealer(arms);
    };
  }
}
