package io.tenure.segment.domain.funnel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * What a funnel means, written down without any thought of speed: every choice of different events
 * for the steps is tried.
 */
final class NaiveFunnel {

  /** An event: the steps it can serve and the exclusions it is. */
  record Event(int time, int steps, int exclusions) {
    boolean serves(int step) {
      return (steps & 1 << step) != 0;
    }
  }

  private final FunnelRules rules;
  private final long entryEnd;
  private final List<Event> events;

  NaiveFunnel(FunnelRules rules, long entryEnd, List<Event> events) {
    this.rules = rules;
    this.entryEnd = entryEnd;
    this.events = events.stream().sorted(Comparator.comparingInt(Event::time)).toList();
  }

  /** How far the attempts got that count, in the order in which they began. */
  List<Integer> reached() {
    return switch (rules.entry()) {
      case FURTHEST, SESSIONS ->
          best(entries().stream().mapToInt(time -> from(time).reached()).max());
      case FIRST -> best(entries().stream().limit(1).mapToInt(time -> from(time).reached()).max());
      case TOTALS -> totals();
    };
  }

  private static List<Integer> best(java.util.OptionalInt found) {
    return found.isPresent() ? List.of(found.getAsInt()) : List.of();
  }

  private List<Integer> totals() {
    List<Integer> totals = new ArrayList<>();
    long after = Long.MIN_VALUE;
    for (int time : entries()) {
      if (time > after) {
        Outcome outcome = from(time);
        totals.add(outcome.reached());
        after =
            outcome.reached() == rules.steps().size()
                ? outcome.completed()
                : rules.window().lastMillis(time);
      }
    }
    return totals;
  }

  private TreeSet<Integer> entries() {
    TreeSet<Integer> times = new TreeSet<>();
    for (Event event : events) {
      boolean enters = rules.order() == FunnelOrder.ANY ? event.steps() != 0 : event.serves(0);
      if (enters && event.time() < entryEnd) {
        times.add(event.time());
      }
    }
    return times;
  }

  /** How far the attempts got that began at a time, and when the first of them was complete. */
  private record Outcome(int reached, long completed) {
    Outcome or(Outcome other) {
      if (reached != other.reached) {
        return reached > other.reached ? this : other;
      }
      return completed <= other.completed ? this : other;
    }
  }

  private Outcome from(int time) {
    return switch (rules.order()) {
      case ORDERED -> ordered(time);
      case STRICT -> strict(time);
      case ANY -> anyOrder(time);
    };
  }

  private Outcome ordered(int time) {
    Outcome best = new Outcome(0, 0);
    for (Event first : events) {
      if (first.time() == time && first.serves(0)) {
        best = best.or(ordered(without(events, first), first, first, 0));
      }
    }
    return best;
  }

  private Outcome ordered(List<Event> left, Event entry, Event last, int done) {
    Outcome best = new Outcome(done + 1, last.time());
    for (int step = done + 1; step < rules.steps().size(); step++) {
      for (Event next : left) {
        if (next.serves(step) && follows(entry, last, next, step) && !excluded(done, last, next)) {
          best = best.or(ordered(without(left, next), entry, next, step));
        }
      }
      if (!rules.steps().get(step).optional()) {
        break;
      }
    }
    return best;
  }

  private boolean follows(Event entry, Event last, Event next, int step) {
    StepRule rule = rules.steps().get(step);
    long passed = next.time() - last.time();
    return passed >= 0
        && passed >= rule.least().toMillis()
        && passed <= rule.most().toMillis()
        && next.time() <= rules.window().lastMillis(entry.time());
  }

  private boolean excluded(int done, Event last, Event next) {
    for (int index = 0; index < rules.exclusions().size(); index++) {
      Exclusion exclusion = rules.exclusions().get(index);
      for (Event event : events) {
        boolean between = event.time() > last.time() && event.time() < next.time();
        boolean matters = exclusion.after() <= done && done < exclusion.before();
        if (between && matters && (event.exclusions() & 1 << index) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private Outcome strict(int time) {
    List<Event> line = new ArrayList<>(events);
    line.removeIf(
        event ->
            event.steps() == 0
                && events.stream().anyMatch(o -> o.time() == event.time() && o.steps() != 0));
    line.sort(Comparator.comparingInt(Event::time).thenComparingInt(Event::steps));
    Outcome best = new Outcome(0, 0);
    for (int index = 0; index < line.size(); index++) {
      Event entry = line.get(index);
      if (entry.time() != time || !entry.serves(0)) {
        continue;
      }
      int step = 1;
      Event last = entry;
      while (step < rules.steps().size()
          && index + step < line.size()
          && line.get(index + step).serves(step)
          && follows(entry, last, line.get(index + step), step)) {
        last = line.get(index + step);
        step++;
      }
      best = best.or(new Outcome(step, last.time()));
    }
    return best;
  }

  private Outcome anyOrder(int time) {
    long end = rules.window().lastMillis(time);
    ToIntFunction<Long> served =
        until ->
            serve(events.stream().filter(e -> e.time() >= time && e.time() <= until).toList(), 0);
    int all = served.applyAsInt(end);
    for (long until = time; until <= end; until++) {
      if (served.applyAsInt(until) == all) {
        return new Outcome(all, until);
      }
    }
    throw new IllegalStateException("A window holds what it holds at its end");
  }

  private int serve(List<Event> left, int step) {
    if (step == rules.steps().size()) {
      return 0;
    }
    int best = serve(left, step + 1);
    for (Event event : left) {
      if (event.serves(step)) {
        best = Math.max(best, 1 + serve(without(left, event), step + 1));
      }
    }
    return best;
  }

  private static List<Event> without(List<Event> events, Event event) {
    List<Event> rest = new ArrayList<>(events);
    rest.remove(event);
    return rest;
  }
}
