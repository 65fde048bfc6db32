package io.tenure.condition.domain;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question about one user that is true or false at an instant, the "as of" time. Every kind is a
 * value that cannot exist in an invalid state, so whoever holds a condition can evaluate it.
 */
public sealed interface Condition {

  /** Most parts of one list. */
  int MAX_PARTS = 50;

  /** Longest time from the first to the last step of a sequence. */
  Duration MAX_WITHIN = Duration.ofDays(366);

  /** True when every part is true. */
  record All(List<Condition> parts) implements Condition {
    /** Accepts 1 to 50 parts. */
    public All {
      parts = Limits.listOf(parts, 1, MAX_PARTS, "conditions");
    }
  }

  /** True when at least one part is true. */
  record Any(List<Condition> parts) implements Condition {
    /** Accepts 1 to 50 parts. */
    public Any {
      parts = Limits.listOf(parts, 1, MAX_PARTS, "conditions");
    }
  }

  /** True when the part is false, also for users without any data. */
  record Not(Condition part) implements Condition {}

  /** Compares a trait of the profile as it is now. */
  record Trait(String name, Comparison comparison) implements Condition {
    /** Accepts a name of 1 to 200 characters. */
    public Trait {
      Limits.name(name, "The trait name");
    }
  }

  /** Compares how often the user did something inside a window that ends at the as-of time. */
  record EventCount(EventSelector selector, Operator operator, long count, Window window)
      implements Condition {
    /** Accepts the six comparing operators and a count of 0 or more. */
    public EventCount {
      if (!operator.comparesCounts()) {
        throw new IllegalArgumentException("The operator cannot compare a count");
      }
      if (count < 0) {
        throw new IllegalArgumentException("The count must be 0 or more");
      }
    }
  }

  /** Compares the latest value of an event property before the as-of time. */
  record Latest(EventSelector selector, String property, Comparison comparison)
      implements Condition {
    /** Accepts a property name of 1 to 200 characters. */
    public Latest {
      Limits.name(property, "The property name");
    }
  }

  /** Membership of a segment's latest snapshot. */
  record InSegment(String segmentId) implements Condition {
    /** Accepts any id that is not empty. */
    public InSegment {
      Limits.name(segmentId, "The segment id");
    }
  }

  /** True when the steps happened in order, the first inside the window, all within a time. */
  record Sequence(List<EventSelector> steps, Duration within, Window window) implements Condition {
    /** Accepts 2 to 10 steps within 1 millisecond to 366 days. */
    public Sequence {
      steps = Limits.listOf(steps, 2, 10, "steps");
      Limits.duration(within, MAX_WITHIN, "The time within which the steps must happen");
    }
  }

  /** The questions at the ends of the tree: itself, or those of its parts. */
  default Stream<Condition> leaves() {
    return switch (this) {
      case All(List<Condition> parts) -> parts.stream().flatMap(Condition::leaves);
      case Any(List<Condition> parts) -> parts.stream().flatMap(Condition::leaves);
      case Not(Condition part) -> part.leaves();
      case Trait _, EventCount _, Latest _, InSegment _, Sequence _ -> Stream.of(this);
    };
  }

  /** Ids of the segments this condition and its parts ask for. */
  default Stream<String> segmentIds() {
    return leaves()
        .flatMap(leaf -> leaf instanceof InSegment(String id) ? Stream.of(id) : Stream.empty());
  }
}
