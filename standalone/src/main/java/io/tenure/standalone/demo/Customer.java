package io.tenure.standalone.demo;

import io.tenure.standalone.demo.DemoMessage.Protocol;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A customer's life, day after day. All chance comes from the customer's own generator, so that one
 * customer's days do not depend on the others.
 */
final class Customer {

  /** Nobody but a fader goes below; the rule of the demonstration asks for less than 100. */
  private static final int RESERVE = 150;

  private static final int WELCOME_CREDIT = 120;

  private final Person person;
  private final RandomGenerator random;
  private boolean registered;
  private boolean loggedIn;
  private boolean cardOpened;
  private boolean questioned;
  private int firstLoginDay = Person.NEVER;
  private int lastIdentifiedWeek;
  private double balance = WELCOME_CREDIT;

  Customer(Person person, RandomGenerator random) {
    this.person = person;
    this.random = random;
  }

  Person person() {
    return person;
  }

  /** What the phone sends on a day; empty before the installation and on quiet days. */
  List<DemoMessage> live(LocalDate date, int number) {
    Day day = new Day(person.phone(), random, date, number);
    if (number < person.installDay()) {
      return List.of();
    }
    if (number == person.installDay()) {
      install(day);
    }
    if (!registered) {
      wander(day);
      register(day);
    }
    if (registered && person.habit() != Habit.REGISTERED_ONLY) {
      bank(day);
    }
    return day.messages();
  }

  private void install(Day day) {
    day.event(false, "AppInstall", Map.of("channel", person.registerChannel()));
    look(day, random.nextInt(3));
  }

  private void wander(Day day) {
    boolean recent = day.number() < person.installDay() + 10;
    if (recent && day.number() > person.installDay() && chance(15)) {
      look(day, 1 + random.nextInt(3));
    }
  }

  private void register(Day day) {
    if (!person.registers()) {
      return;
    }
    Duration after = person.registerAfter();
    if (day.number() != person.installDay() + after.toDays()) {
      return;
    }
    day.pause((int) after.minusDays(after.toDays()).toMinutes());
    if (person.phone().protocol() == Protocol.SENSORS) {
      day.signUp();
    }
    Map<String, Object> traits = new LinkedHashMap<>();
    traits.put("city", person.city());
    traits.put("tier", person.tier());
    traits.put("age", person.age());
    traits.put("register_channel", person.registerChannel());
    traits.put("balance", balance);
    day.identify(true, traits);
    day.event(true, "Register", Map.of("channel", person.registerChannel()));
    registered = true;
    firstLoginDay = day.number() + person.loginAfterDays();
  }

  private void bank(Day day) {
    if (day.number() < firstLoginDay) {
      return;
    }
    if (day.number() == firstLoginDay) {
      firstLogin(day);
      return;
    }
    if (day.number() >= person.fadeDay() && day.number() < person.returnDay()) {
      if (day.number() == person.fadeDay()) {
        empty(day);
      }
      return;
    }
    if (day.number() == person.returnDay()) {
      comeBack(day);
      return;
    }
    switch (person.habit()) {
      case VISITOR, REGISTERED_ONLY -> {}
      case TRYER -> tryOut(day);
      case DAILY_CHECKER -> checkDaily(day);
      case PAYDAY_TRANSFERRER -> transferOnPayday(day);
      case WEEKEND_SHOPPER -> shopOnWeekends(day);
      case MONTHLY_REPAYER -> repayMonthly(day);
      case ORDINARY -> comeNowAndThen(day, 35);
      case FADER -> comeNowAndThen(day, 55);
    }
  }

  private void firstLogin(Day day) {
    login(day);
    if (person.habit() == Habit.TRYER) {
      viewBalance(day);
      return;
    }
    deposit(day, 500 + random.nextInt(4_000), "opening");
    viewBalance(day);
    if (person.habit() != Habit.PAYDAY_TRANSFERRER && chance(55)) {
      transfer(day, 20 + random.nextInt(80));
    }
  }

  private void tryOut(Day day) {
    if (day.number() <= firstLoginDay + 2 && chance(50)) {
      login(day);
      look(day, 1 + random.nextInt(3));
    }
  }

  private void checkDaily(Day day) {
    salary(day);
    if (chance(90)) {
      visit(day);
      if (chance(8)) {
        transfer(day, 20 + random.nextInt(300));
      }
      if (chance(60)) {
        day.pause(5 + random.nextInt(40));
        login(day);
        viewBalance(day);
      }
    }
  }

  private void transferOnPayday(Day day) {
    if (isPayday(day.date())) {
      salary(day);
      login(day);
      viewBalance(day);
      transfer(day, 0.7 * (balance - RESERVE));
    } else if (chance(3)) {
      login(day);
      viewBalance(day);
    }
  }

  private void shopOnWeekends(Day day) {
    if (isWeekend(day.date()) && chance(75)) {
      topUp(day);
      visit(day);
      look(day, 2 + random.nextInt(4));
      if (chance(70)) {
        buy(day, 15 + random.nextInt(180));
      }
      if (chance(15)) {
        transfer(day, 20 + random.nextInt(100));
      }
    }
  }

  private void repayMonthly(Day day) {
    if (day.date().getDayOfMonth() == person.repayDay()) {
      topUp(day);
      login(day);
      balance -= Math.min(350, balance - RESERVE);
      day.event(true, "RepayLoan", Map.of("amount", 350, "balance", rounded()));
      viewBalance(day);
    } else if (chance(20)) {
      visit(day);
    }
    salary(day);
  }

  private void comeNowAndThen(Day day, int percent) {
    salary(day);
    if (chance(percent)) {
      topUp(day);
      visit(day);
      if (chance(30)) {
        transfer(day, 20 + random.nextInt(200));
      }
    }
  }

  private void empty(Day day) {
    login(day);
    viewBalance(day);
    double rest = 10 + random.nextInt(80);
    double amount = balance - rest;
    balance = rest;
    day.event(true, "Transfer", money(amount));
  }

  private void comeBack(Day day) {
    login(day);
    deposit(day, 600 + random.nextInt(2_000), "return");
    viewBalance(day);
  }

  /** A visit, with whatever the customer meant to do on the next one. */
  private void visit(Day day) {
    login(day);
    viewBalance(day);
    if (chance(15)) {
      look(day, 1 + random.nextInt(2));
    }
    if (person.opensCard() && !cardOpened && chance(20)) {
      cardOpened = true;
      day.event(true, "OpenCard", Map.of("kind", "debit"));
    }
    if (!questioned && day.number() >= person.questionnaireDay()) {
      questioned = true;
      answerQuestions(day);
    }
  }

  private void answerQuestions(Day day) {
    day.event(true, "RiskQuestionStart", Map.of());
    for (int question = 1; question <= person.lastQuestion(); question++) {
      day.event(true, "RiskQuestionAnswer", Map.of("question", question));
    }
    if (person.lastQuestion() == Person.QUESTIONS) {
      day.event(true, "RiskQuestionFinish", Map.of());
    }
  }

  private void login(Day day) {
    day.event(true, "Login", Map.of("balance", rounded(), "first", !loggedIn));
    loggedIn = true;
    int week = day.date().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    if (week != lastIdentifiedWeek) {
      lastIdentifiedWeek = week;
      day.identify(false, Map.of("balance", rounded()));
    }
  }

  private void viewBalance(Day day) {
    day.event(true, "ViewBalance", Map.of("balance", rounded()));
  }

  private void look(Day day, int products) {
    for (int i = 0; i < products; i++) {
      day.event(registered, "ViewProduct", Map.of("product", product()));
    }
  }

  private void buy(Day day, double amount) {
    double paid = Math.min(amount, balance - RESERVE);
    if (paid > 0) {
      balance -= paid;
      day.event(true, "BuyProduct", Map.of("amount", rounded(paid), "product", product()));
    }
  }

  private void transfer(Day day, double amount) {
    double sent = Math.min(amount, balance - RESERVE);
    if (sent > 0) {
      balance -= sent;
      day.event(true, "Transfer", money(sent));
    }
  }

  private void salary(Day day) {
    if (isPayday(day.date())) {
      deposit(day, 1_500 + random.nextInt(2_500), "salary");
    }
  }

  private void topUp(Day day) {
    if (balance < 600) {
      deposit(day, 800 + random.nextInt(1_200), "top-up");
    }
  }

  private void deposit(Day day, double amount, String source) {
    balance += amount;
    Map<String, Object> properties = new LinkedHashMap<>(money(amount));
    properties.put("source", source);
    day.event(true, "Deposit", properties);
  }

  private Map<String, Object> money(double amount) {
    return Map.of("amount", rounded(amount), "balance", rounded());
  }

  private String product() {
    return "fund-" + (1 + random.nextInt(12));
  }

  /** The salary day, or the working day before it. */
  private boolean isPayday(LocalDate date) {
    LocalDate payday = date.withDayOfMonth(person.salaryDay());
    while (isWeekend(payday)) {
      payday = payday.minusDays(1);
    }
    return date.equals(payday);
  }

  private static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private double rounded() {
    return rounded(balance);
  }

  private static double rounded(double amount) {
    return Math.round(amount * 100) / 100.0;
  }
}
