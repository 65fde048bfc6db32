package io.tenure.standalone.demo;

import io.tenure.standalone.demo.DemoMessage.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What each customer did, for answering questions the slow and obvious way. It shares no code with
 * the platform: the end-to-end test compares the two.
 */
public final class Timelines {

  private static final double FEW = 100;
  private static final Duration SILENCE = Duration.ofDays(Person.SILENT_DAYS);

  /** How long a customer must be silent to count as lost. */
  public static final Duration LOST_AFTER = Duration.ofDays(30);

  private final Map<Integer, List<Event>> events;

  private Timelines(Map<Integer, List<Event>> events) {
    this.events = events;
  }

  static Timelines of(Stream<DemoMessage> messages) {
    Set<String> seen = new HashSet<>();
    Map<Integer, List<Event>> events = new TreeMap<>();
    messages.forEach(
        message -> {
          if (message instanceof Event event && seen.add(event.id())) {
            events
                .computeIfAbsent(event.phone().customer(), customer -> new ArrayList<>())
                .add(event);
          }
        });
    events.values().forEach(list -> list.sort(Comparator.comparing(Event::time)));
    return new Timelines(events);
  }

  /** Customers who did something at least so often in [from, to). */
  public Set<Integer> did(String name, int atLeast, Instant from, Instant to) {
    Set<Integer> customers = new HashSet<>();
    events.forEach(
        (customer, list) -> {
          long count =
              list.stream()
                  .filter(event -> event.name().equals(name) && isIn(event, from, to))
                  .count();
          if (count >= atLeast) {
            customers.add(customer);
          }
        });
    return customers;
  }

  /** Customers who did anything in [from, to). */
  public Set<Integer> active(Instant from, Instant to) {
    Set<Integer> customers = new HashSet<>();
    events.forEach(
        (customer, list) -> {
          if (list.stream().anyMatch(event -> isIn(event, from, to))) {
            customers.add(customer);
          }
        });
    return customers;
  }

  /**
   * Customers who did the steps in order, each after the one before, the last at most so long after
   * the first; one number for each step.
   */
  public List<Integer> funnel(List<String> steps, Duration within) {
    int[] reached = new int[steps.size()];
    for (List<Event> list : events.values()) {
      int depth = depth(list, steps, within);
      for (int step = 0; step < depth; step++) {
        reached[step]++;
      }
    }
    return Arrays.stream(reached).boxed().toList();
  }

  /**
   * The rule of the demonstration at one instant, as a back-test sees it: warned are those without
   * a login in the ten days before whose latest balance is below 100; lost are those who do nothing
   * in the thirty days after. Only customers who did anything in the thirty days before count.
   */
  public RuleTruth ruleAt(Instant asOf) {
    Set<Integer> base = active(asOf.minus(LOST_AFTER), asOf);
    Set<Integer> lost = new HashSet<>(base);
    lost.removeAll(active(asOf, asOf.plus(LOST_AFTER)));
    Set<Integer> warned = fading(asOf);
    warned.retainAll(base);
    Set<Integer> warnedLost = new HashSet<>(warned);
    warnedLost.retainAll(lost);
    return new RuleTruth(asOf, base.size(), warned.size(), warnedLost.size(), lost.size());
  }

  /** Customers who fulfil the rule's condition at an instant, however long they are gone. */
  public Set<Integer> fading(Instant asOf) {
    Set<Integer> loggedIn = did("Login", 1, asOf.minus(SILENCE), asOf);
    Set<Integer> fading = new HashSet<>();
    events.forEach(
        (customer, list) -> {
          OptionalDouble balance = latestBalance(list, asOf);
          if (!loggedIn.contains(customer) && balance.isPresent() && balance.getAsDouble() < FEW) {
            fading.add(customer);
          }
        });
    return fading;
  }

  List<Event> all() {
    return events.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The longest prefix of the steps. Every occurrence of the first step is tried as the start, and
   * from it each next step is taken as early as possible, which never shortens what follows.
   */
  private static int depth(List<Event> list, List<String> steps, Duration within) {
    int best = 0;
    for (int start = 0; start < list.size(); start++) {
      if (!list.get(start).name().equals(steps.getFirst())) {
        continue;
      }
      Instant limit = list.get(start).time().plus(within);
      int depth = 1;
      for (int i = start + 1; i < list.size() && depth < steps.size(); i++) {
        if (list.get(i).time().isAfter(limit)) {
          break;
        }
        if (list.get(i).name().equals(steps.get(depth))) {
          depth++;
        }
      }
      best = Math.max(best, depth);
    }
    return best;
  }

  private static OptionalDouble latestBalance(List<Event> list, Instant asOf) {
    OptionalDouble latest = OptionalDouble.empty();
    for (Event event : list) {
      if (event.time().isBefore(asOf) && event.properties().get("balance") instanceof Number n) {
        latest = OptionalDouble.of(n.doubleValue());
      }
    }
    return latest;
  }

  private static boolean isIn(Event event, Instant from, Instant to) {
    return !event.time().isBefore(from) && event.time().isBefore(to);
  }
}
