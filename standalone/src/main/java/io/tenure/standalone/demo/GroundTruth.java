package io.tenure.standalone.demo;

import io.tenure.standalone.demo.DemoMessage.Event;
import io.tenure.standalone.demo.DemoMessage.Identify;
import io.tenure.standalone.demo.DemoMessage.Malformed;
import io.tenure.standalone.demo.DemoMessage.SignUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is true of the demonstration, counted from the simulation itself.
 *
 * @param messages records sent in all
 * @param events different events among them
 * @param identifies profile records among them
 * @param duplicates events sent a second time
 * @param malformed records that belong into quarantine
 * @param eventsByName different events by name
 * @param users customers of whom anything was sent
 * @param registered customers who registered
 * @param funnel customers at each of {@link #FUNNEL_STEPS} within {@link #FUNNEL_WINDOW}
 * @param questionnaireStarted customers who started the risk questionnaire
 * @param questionnaireAnswered customers who answered question 1, 2, ... 10
 * @param questionnaireFinished customers who finished it
 * @param hardQuestion the question after whose predecessor most stop
 * @param rule the churn rule at weekly instants, oldest first
 * @param fadingAtEnd customers the rule warns about at the end
 * @param paydayTransferrers logins of those who live from payday to payday
 * @param weekendShoppers logins of those who shop on weekends
 * @param logins logins of all who registered
 * @param usersByTier registered customers by the trait tier
 * @param usersByCity registered customers by the trait city
 */
public record GroundTruth(
    long messages,
    long events,
    long identifies,
    long duplicates,
    long malformed,
    Map<String, Long> eventsByName,
    int users,
    int registered,
    List<Integer> funnel,
    int questionnaireStarted,
    List<Integer> questionnaireAnswered,
    int questionnaireFinished,
    int hardQuestion,
    List<RuleTruth> rule,
    int fadingAtEnd,
    Set<String> paydayTransferrers,
    Set<String> weekendShoppers,
    Set<String> logins,
    Map<String, Integer> usersByTier,
    Map<String, Integer> usersByCity) {

  /** The funnel of the demonstration. */
  public static final List<String> FUNNEL_STEPS =
      List.of("AppInstall", "Register", "Login", "Transfer");

  /** From the first step to the last. */
  public static final Duration FUNNEL_WINDOW = Duration.ofDays(7);

  /** Time between two instants of the rule. */
  public static final Duration RULE_STEP = Duration.ofDays(7);

  /** First instant of the rule after the start of the demonstration. */
  public static final Duration RULE_LEAD = Duration.ofDays(35);

  /** Records the collector must have taken as new: events and profile records, each once. */
  public long accepted() {
    return events + identifies;
  }

  /** Customers warned about over all instants. */
  public int warned() {
    return rule.stream().mapToInt(RuleTruth::warned).sum();
  }

  /** Warned customers who then left. */
  public int warnedLost() {
    return rule.stream().mapToInt(RuleTruth::warnedLost).sum();
  }

  static GroundTruth of(DemoBank bank) {
    Count count = new Count();
    bank.messages().forEach(count::take);
    Timelines timelines = bank.timelines();
    List<Integer> answered = new ArrayList<>();
    for (int question = 1; question <= Person.QUESTIONS; question++) {
      answered.add(count.answered.getOrDefault(question, Set.of()).size());
    }
    return new GroundTruth(
        count.messages,
        count.events.size(),
        count.identifies,
        count.duplicates,
        count.malformed,
        count.byName,
        count.users.size(),
        count.logins.size(),
        timelines.funnel(FUNNEL_STEPS, FUNNEL_WINDOW),
        count.started.size(),
        List.copyOf(answered),
        count.finished.size(),
        Person.HARD_QUESTION,
        ruleTruth(bank, timelines),
        timelines.fading(bank.endTime()).size(),
        logins(bank, count, Habit.PAYDAY_TRANSFERRER),
        logins(bank, count, Habit.WEEKEND_SHOPPER),
        count.logins,
        count.byTier,
        count.byCity);
  }

  private static List<RuleTruth> ruleTruth(DemoBank bank, Timelines timelines) {
    List<RuleTruth> truth = new ArrayList<>();
    Instant last = bank.endTime().minus(Timelines.LOST_AFTER);
    Instant asOf = bank.startTime().plus(RULE_LEAD);
    while (!asOf.isAfter(last)) {
      truth.add(timelines.ruleAt(asOf));
      asOf = asOf.plus(RULE_STEP);
    }
    return List.copyOf(truth);
  }

  private static Set<String> logins(DemoBank bank, Count count, Habit habit) {
    Set<String> logins = new TreeSet<>();
    for (Person person : bank.people()) {
      if (person.habit() == habit && count.logins.contains(person.phone().loginId())) {
        logins.add(person.phone().loginId());
      }
    }
    return logins;
  }

  private static final class Count {

    private final Set<String> events = new HashSet<>();
    private final Map<String, Long> byName = new TreeMap<>();
    private final Set<Integer> users = new HashSet<>();
    private final Set<String> logins = new TreeSet<>();
    private final Set<Integer> started = new HashSet<>();
    private final Map<Integer, Set<Integer>> answered = new TreeMap<>();
    private final Set<Integer> finished = new HashSet<>();
    private final Map<String, Integer> byTier = new TreeMap<>();
    private final Map<String, Integer> byCity = new TreeMap<>();
    private long messages;
    private long identifies;
    private long duplicates;
    private long malformed;

    void take(DemoMessage message) {
      messages++;
      switch (message) {
        case Malformed bad -> malformed++;
        case SignUp signUp -> {
          events.add(signUp.id());
          byName.merge(SignUp.EVENT, 1L, Long::sum);
        }
        case Identify identify -> take(identify);
        case Event event -> {
          if (events.add(event.id())) {
            take(event);
          } else {
            duplicates++;
          }
        }
      }
    }

    private void take(Identify identify) {
      identifies++;
      users.add(identify.phone().customer());
      if (identify.first()) {
        logins.add(identify.phone().loginId());
        byTier.merge(text(identify, "tier"), 1, Integer::sum);
        byCity.merge(text(identify, "city"), 1, Integer::sum);
      }
    }

    private void take(Event event) {
      int customer = event.phone().customer();
      users.add(customer);
      byName.merge(event.name(), 1L, Long::sum);
      switch (event.name()) {
        case "RiskQuestionStart" -> started.add(customer);
        case "RiskQuestionFinish" -> finished.add(customer);
        case "RiskQuestionAnswer" -> {
          if (event.properties().get("question") instanceof Integer question) {
            answered.computeIfAbsent(question, key -> new HashSet<>()).add(customer);
          }
        }
        default -> {}
      }
    }

    private static String text(Identify identify, String trait) {
      return identify.traits().get(trait) instanceof String text ? text : "";
    }
  }
}
