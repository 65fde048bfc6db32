package io.tenure.segment.domain.funnel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Steps one after the other. Between two steps that can follow each other attempts wait in a {@link
 * Transition}; an event moves the one that entered last. So an event costs a constant for each step
 * it can serve, and nothing grows with the number of attempts.
 */
final class OrderedFold implements FunnelFold {

  private final FunnelRules rules;
  private final Trail trail = new Trail();
  private final Course course;
  private final Instants instants;
  private final TieMatching ties = new TieMatching();

  /** The transitions into and out of each step. */
  private final Transition[][] into;

  private final Transition[][] out;

  /** The attempt that reaches each step in the instant at hand. */
  private final int[] arrived;

  OrderedFold(FunnelRules rules, long entryEnd) {
    this.rules = rules;
    this.course = new Course(rules, entryEnd, trail);
    this.instants = new Instants(rules.packing());
    this.arrived = new int[rules.steps().size()];
    List<Transition> transitions = transitions();
    this.into = bySteps(transitions, Transition::to);
    this.out = bySteps(transitions, Transition::from);
  }

  /**
   * A step follows the one before, and what lies before that when those in between are optional.
   */
  private List<Transition> transitions() {
    List<Transition> transitions = new ArrayList<>();
    for (int step = 1; step < arrived.length; step++) {
      int from = step;
      do {
        from--;
        transitions.add(new Transition(trail, from, step, rules.steps().get(step)));
      } while (from > 0 && rules.steps().get(from).optional());
    }
    return transitions;
  }

  private Transition[][] bySteps(List<Transition> transitions, ToIntFunction<Transition> stepOf) {
    return IntStream.range(0, arrived.length)
        .mapToObj(
            step ->
                transitions.stream()
                    .filter(transition -> stepOf.applyAsInt(transition) == step)
                    .toArray(Transition[]::new))
        .toArray(Transition[][]::new);
  }

  @Override
  public void fold(long[] journey, Attempts attempts) {
    course.start();
    forget();
    instants.start(journey);
    while (instants.next()) {
      if (course.isOver(instants.time())) {
        course.tell(attempts);
        forget();
      }
      Arrays.fill(arrived, Trail.NONE);
      if (instants.isSingle()) {
        takeOne();
      } else if (instants.overlap()) {
        takeMatched();
      } else {
        takeEach();
      }
      exclude();
      settle();
      if (course.isComplete()) {
        course.tell(attempts);
        forget();
      }
    }
    course.tell(attempts);
  }

  /** One event serves one step of an attempt, so every step starts from what stood before. */
  private void takeOne() {
    int steps = instants.steps();
    for (int step = 0; step < arrived.length; step++) {
      if ((steps & 1 << step) != 0) {
        arrived[step] = step == 0 ? enter() : follow(waiting(step), step);
      }
    }
  }

  /** Every step has an event of its own, so it may also start from what has just arrived. */
  private void takeEach() {
    int steps = instants.steps();
    for (int step = 0; step < arrived.length; step++) {
      if ((steps & 1 << step) != 0) {
        arrived[step] = step == 0 ? enter() : follow(later(waiting(step), arriving(step)), step);
      }
    }
  }

  private int arriving(int step) {
    int found = Trail.NONE;
    for (Transition transition : into[step]) {
      if (transition.takesNoTime()) {
        found = later(found, arrived[transition.from()]);
      }
    }
    return found;
  }

  /** Extends every attempt that stood before, and a new one, as far as the events allow. */
  private void takeMatched() {
    instants.load(ties);
    if ((instants.steps() & 1) != 0 && course.takesEntry(instants.time())) {
      extend(Trail.NONE, 0);
    }
    for (int first = 1; first < arrived.length; first++) {
      for (Transition transition : into[first]) {
        int position = transition.at(instants.time());
        if (position != Trail.NONE) {
          extend(position, first);
        }
      }
    }
  }

  /** From a position on to a first step and as many further ones as the events can serve. */
  private void extend(int position, int first) {
    ties.release();
    int last = position;
    for (int step = first; step < arrived.length; step++) {
      boolean inTime = step == first || rules.steps().get(step).least().isZero();
      boolean served = inTime && ties.serve(step);
      if (served) {
        last = last == Trail.NONE ? enter() : follow(last, step);
        arrived[step] = later(arrived[step], last);
      } else if (step == first || !rules.steps().get(step).optional()) {
        return;
      }
    }
  }

  private int enter() {
    long time = instants.time();
    return course.takesEntry(time) ? course.enter(instants.eventFor(0), time) : Trail.NONE;
  }

  private int follow(int position, int step) {
    return position == Trail.NONE
        ? Trail.NONE
        : trail.follow(position, step, instants.eventFor(step), instants.time());
  }

  private int waiting(int step) {
    int found = Trail.NONE;
    for (Transition transition : into[step]) {
      found = later(found, transition.at(instants.time()));
    }
    return found;
  }

  /** The one that entered later; of equal ones the first, which has done more steps. */
  private int later(int left, int right) {
    if (left == Trail.NONE || right == Trail.NONE) {
      return left == Trail.NONE ? right : left;
    }
    return trail.entry(right) > trail.entry(left) ? right : left;
  }

  /** What arrives in the same instant is not excluded: the helpful order puts it behind. */
  private void exclude() {
    for (int index = 0; index < rules.exclusions().size(); index++) {
      if ((instants.exclusions() & 1 << index) != 0) {
        Exclusion exclusion = rules.exclusions().get(index);
        for (int step = exclusion.after(); step < exclusion.before(); step++) {
          clear(out[step]);
        }
      }
    }
  }

  private void settle() {
    for (int step = 0; step < arrived.length; step++) {
      if (arrived[step] != Trail.NONE) {
        course.remember(arrived[step]);
        for (Transition transition : out[step]) {
          transition.offer(arrived[step]);
        }
      }
    }
  }

  private void forget() {
    for (Transition[] transitions : out) {
      clear(transitions);
    }
  }

  private static void clear(Transition[] transitions) {
    for (Transition transition : transitions) {
      transition.clear();
    }
  }
}
