package io.tenure.segment.domain.trend;

import org.jspecify.annotations.Nullable;

/** What about some events is counted. Amounts that are no numbers play no part. */
public sealed interface Aggregate {

  /** How many events. */
  record Events() implements Aggregate {}

  /**
   * How many different users.
   *
   * @param rolling everybody active in this many periods, the one at hand and those before
   */
  record Users(int rolling) implements Aggregate {
    private static final int MAX_ROLLING = 400;

    /** Accepts 1 to 400 periods. */
    public Users {
      if (rolling < 1 || rolling > MAX_ROLLING) {
        throw new IllegalArgumentException("Counts users of 1 to " + MAX_ROLLING + " periods");
      }
    }
  }

  /** The sum of a property, exact. */
  record Sum(String property) implements Aggregate {}

  /** The mean of a property. */
  record Average(String property) implements Aggregate {}

  /** The smallest value of a property. */
  record Minimum(String property) implements Aggregate {}

  /** The largest value of a property. */
  record Maximum(String property) implements Aggregate {}

  /**
   * A percentile of a property, interpolated between the two nearest values (type 7 of Hyndman and
   * Fan, "Sample Quantiles in Statistical Packages", 1996).
   */
  record Percentile(String property, double percent) implements Aggregate {
    /** Accepts what lies above 0 and below 100. */
    public Percentile {
      if (!(percent > 0 && percent < 100)) {
        throw new IllegalArgumentException("The percentile must lie above 0 and below 100");
      }
    }
  }

  /**
   * Events, or a sum, divided by the different users.
   *
   * @param property what is added up; null for events
   */
  record PerUser(@Nullable String property) implements Aggregate {}

  /** How many different values a property has. */
  record DistinctValues(String property) implements Aggregate {}

  /** Whether an event that is stored twice would count twice. */
  default boolean duplicatesMatter() {
    return switch (this) {
      case Events _, Sum _, Average _, Percentile _, PerUser _ -> true;
      case Users _, Minimum _, Maximum _, DistinctValues _ -> false;
    };
  }

  /** The property it is about; null for none. */
  default @Nullable String amount() {
    return switch (this) {
      case Events _, Users _ -> null;
      case Sum(String property) -> property;
      case Average(String property) -> property;
      case Minimum(String property) -> property;
      case Maximum(String property) -> property;
      case Percentile(String property, double _) -> property;
      case PerUser(@Nullable String property) -> property;
      case DistinctValues(String property) -> property;
    };
  }
}
