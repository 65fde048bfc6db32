package io.tenure.segment.domain.lifecycle;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.analysis.Periods;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Answers lifecycles. */
public final class Lifecycles implements Model<LifecycleQuery, Lifecycle, LifecycleCell> {

  private final Lifespans lifespans;

  /** Lifecycles over the given lifespans. */
  public Lifecycles(Lifespans lifespans) {
    this.lifespans = lifespans;
  }

  @Override
  public Lifecycle run(ProjectId project, LifecycleQuery query, Instant now) {
    long[][] counts = new long[query.periods()][LifecyclePart.values().length];
    walk(project, query, (_, period, part) -> counts[period][part.ordinal()]++);
    List<Lifecycle.Period> periods = new ArrayList<>();
    for (int period = 0; period < counts.length; period++) {
      int index = query.before() + 1 + period;
      Map<LifecyclePart, Long> users = new EnumMap<>(LifecyclePart.class);
      for (LifecyclePart part : LifecyclePart.values()) {
        users.put(part, counts[period][part.ordinal()]);
      }
      periods.add(
          new Lifecycle.Period(
              query.unit().label(index),
              users,
              !query.unit().hasEnded(index, query.scope().zone(), now)));
    }
    return new Lifecycle(List.copyOf(periods));
  }

  @Override
  public long[] users(ProjectId project, LifecycleQuery query, LifecycleCell cell, Instant now) {
    LongStream.Builder found = LongStream.builder();
    walk(
        project,
        query,
        (userNumber, period, part) -> {
          if (period == cell.period() && part == cell.part()) {
            found.add(userNumber);
          }
        });
    return found.build().sorted().toArray();
  }

  /** Takes a user in a part of a period. */
  @FunctionalInterface
  private interface Visitor {
    void visit(long userNumber, int period, LifecyclePart part);
  }

  private void walk(ProjectId project, LifecycleQuery query, Visitor visitor) {
    lifespans.scan(
        project,
        query,
        (userNumber, first, periods) -> {
          BitSet active = new BitSet();
          for (long period : periods) {
            active.set(Math.toIntExact(period) - query.before());
          }
          user(userNumber, active, began(query, first), query.periods(), visitor);
        });
  }

  /** Bit 0 is the period before the range. */
  private static void user(
      long userNumber, BitSet active, int began, int periods, Visitor visitor) {
    for (int at = active.nextSetBit(0); at >= 0; at = active.nextSetBit(at + 1)) {
      if (at > 0) {
        LifecyclePart part =
            at == began
                ? LifecyclePart.NEW
                : active.get(at - 1) ? LifecyclePart.RETURNING : LifecyclePart.RESURRECTING;
        visitor.visit(userNumber, at - 1, part);
      }
      if (at < periods && !active.get(at + 1)) {
        visitor.visit(userNumber, at, LifecyclePart.DORMANT);
      }
    }
  }

  /** The period of the first event, as bits count them; less than 0 before all of them. */
  private static int began(LifecycleQuery query, Instant first) {
    if (first.isBefore(query.start())) {
      return Periods.NONE;
    }
    if (!first.isBefore(query.scope().range().end())) {
      return Integer.MAX_VALUE;
    }
    LocalDateTime local = LocalDateTime.ofInstant(first, query.scope().zone());
    return query.unit().firstAfter(local) - query.before();
  }
}
