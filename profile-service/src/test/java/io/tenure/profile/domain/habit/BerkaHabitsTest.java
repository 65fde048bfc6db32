package io.tenure.profile.domain.habit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Habits of the customers of a real bank. Nothing a search is given names a salary or a loan unless
 * the case says so; the names are only used to check it. Prints the table of {@code
 * docs/habits.md}.
 */
final class BerkaHabitsTest {

  private static final BusinessDays DAYS = BusinessDays.WEEKENDS_OFF;
  private static final List<LocalDate> CUTS =
      IntStream.range(0, 9).mapToObj(i -> LocalDate.of(1993, 7, 1).plusMonths(i)).toList();
  private static final int LEAST_PAST = 4;

  private record Transaction(
      String account, LocalDate date, boolean credit, String operation, String purpose, Flow flow) {

    boolean salaryLike() {
      return credit && operation.equals("PREVOD Z UCTU");
    }

    boolean income() {
      return credit && !purpose.equals("UROK");
    }

    boolean loan() {
      return !credit && purpose.equals("UVER");
    }

    boolean spending() {
      return !credit && !purpose.equals("SLUZBY") && !purpose.equals("SANKC. UROK");
    }

    Transaction on(LocalDate day) {
      return new Transaction(
          account, day, credit, operation, purpose, new Flow(day, flow.amount()));
    }
  }

  /** One measurement: a next date was due, was one told, how far off, and the simple guess. */
  private record Trial(Optional<Integer> error, int baseline) {}

  @Test
  void predictsPaydays() throws IOException {
    Map<String, List<Transaction>> accounts = read();
    Map<String, List<Transaction>> early = map(accounts, BerkaHabitsTest::beforeWeekends);
    Score clean = paydays(accounts, Transaction::salaryLike, "transfers in, as recorded");
    Score mixed = paydays(accounts, Transaction::income, "all inflows, as recorded");
    Score moved = paydays(early, Transaction::salaryLike, "transfers in, before weekends");
    Score movedMixed = paydays(early, Transaction::income, "all inflows, before weekends");
    assertThat(clean.within(0)).isGreaterThan(0.9);
    assertThat(moved.within(1)).isGreaterThan(moved.baseline(1));
    assertThat(mixed.within(1)).isGreaterThan(mixed.baseline(1));
    assertThat(movedMixed.within(1)).isGreaterThan(movedMixed.baseline(1));
  }

  @Test
  void predictsRepayments() throws IOException {
    Map<String, List<Transaction>> accounts = read();
    Map<String, List<Transaction>> early = map(accounts, BerkaHabitsTest::beforeWeekends);
    Score clean = repayments(accounts, Transaction::loan, "loan payments, as recorded");
    Score mixed = repayments(accounts, Transaction::spending, "all outflows, as recorded");
    Score moved = repayments(early, Transaction::loan, "loan payments, before weekends");
    Score movedMixed = repayments(early, Transaction::spending, "all outflows, before weekends");
    assertThat(clean.within(0)).isGreaterThan(0.8);
    assertThat(mixed.within(0)).isGreaterThan(0.8);
    assertThat(moved.within(1)).isGreaterThan(0.5);
    assertThat(movedMixed.within(1)).isGreaterThan(0.5);
  }

  @Test
  void tellsWhoHasAPayday() throws IOException {
    Map<String, List<Transaction>> accounts = read();
    LocalDate cut = LocalDate.of(1994, 4, 1);
    int relevant = 0;
    int found = 0;
    int right = 0;
    int cash = 0;
    int random = 0;
    SplittableRandom dice = new SplittableRandom(1993);
    for (List<Transaction> account : accounts.values()) {
      List<Flow> income = flows(account, Transaction::income, cut);
      boolean salary = dates(account, Transaction::salaryLike, cut).size() >= LEAST_PAST;
      relevant += salary ? 1 : 0;
      Optional<MonthlyPattern> payday = payday(income, cut);
      found += payday.isPresent() ? 1 : 0;
      if (payday.isPresent()) {
        boolean isSalary =
            salary
                && flows(account, Transaction::salaryLike, cut).stream()
                    .anyMatch(flow -> flow.date().equals(payday.get().last()));
        right += isSalary ? 1 : 0;
        cash += isSalary ? 0 : 1;
      }
      random += payday(shuffled(income, dice), cut).isPresent() ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "paydays of %d accounts: salary-like %d, found %d, of them salary %d, other income %d;"
            + " recall %.3f, precision %.3f; found in random dates %d%n",
        accounts.size(),
        relevant,
        found,
        right,
        cash,
        (double) right / relevant,
        (double) right / found,
        random);
    assertThat(random).isLessThanOrEqualTo(12);
    assertThat((double) right / relevant).isGreaterThan(0.7);
  }

  @Test
  void otherPaydaysAreRealToo() throws IOException {
    LocalDate cut = LocalDate.of(1994, 3, 1);
    int told = 0;
    int came = 0;
    double confidence = 0;
    for (List<Transaction> account : read().values()) {
      Optional<MonthlyPattern> payday = payday(flows(account, Transaction::income, cut), cut);
      if (payday.isEmpty() || !dates(account, Transaction::salaryLike, cut).isEmpty()) {
        continue;
      }
      LocalDate next = payday.get().next(cut, DAYS);
      if (next.isBefore(cut.plusMonths(1))) {
        told++;
        confidence += payday.get().confidence();
        came += account.stream().anyMatch(one -> one.income() && one.date().equals(next)) ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "paydays of accounts without salary: %d told for March 1994, income on the day %.3f,"
            + " mean confidence %.3f%n",
        told,
        (double) came / told,
        confidence / told);
    assertThat((double) came / told).isGreaterThan(0.7);
  }

  private static Score paydays(
      Map<String, List<Transaction>> accounts, Predicate<Transaction> given, String name) {
    Score score = new Score();
    accounts
        .values()
        .forEach(
            account -> {
              for (LocalDate cut : CUTS) {
                due(account, Transaction::salaryLike, cut)
                    .ifPresent(
                        actual -> {
                          List<Flow> flows = flows(account, given, cut);
                          score.add(
                              actual,
                              payday(flows, cut).map(found -> found.next(cut, DAYS)),
                              sameDayOfLastMonth(largestOfLastMonth(flows, cut), cut));
                        });
              }
            });
    return score.print(name);
  }

  private static Score repayments(
      Map<String, List<Transaction>> accounts, Predicate<Transaction> given, String name) {
    Score score = new Score();
    accounts
        .values()
        .forEach(
            account -> {
              for (LocalDate cut : CUTS) {
                due(account, Transaction::loan, cut)
                    .ifPresent(
                        actual -> {
                          List<Flow> flows = flows(account, given, cut);
                          BigDecimal amount =
                              flows(account, Transaction::loan, cut).getLast().amount();
                          score.add(
                              actual,
                              Repayments.find(flows, cut, DAYS).known().stream()
                                  .flatMap(List::stream)
                                  .filter(found -> found.amount().compareTo(amount) == 0)
                                  .map(found -> found.next(cut, DAYS))
                                  .findFirst(),
                              sameDayOfLastMonth(
                                  flows.stream()
                                      .filter(flow -> flow.amount().compareTo(amount) == 0)
                                      .toList(),
                                  cut));
                        });
              }
            });
    return score.print(name);
  }

  /** The next real date, where the past has enough of them and one comes within a month. */
  private static Optional<LocalDate> due(
      List<Transaction> account, Predicate<Transaction> real, LocalDate cut) {
    List<LocalDate> past = dates(account, real, cut);
    if (past.size() < LEAST_PAST) {
      return Optional.empty();
    }
    return account.stream()
        .filter(real)
        .map(Transaction::date)
        .filter(date -> !date.isBefore(cut) && date.isBefore(cut.plusMonths(1)))
        .min(Comparator.naturalOrder());
  }

  private static Optional<MonthlyPattern> payday(List<Flow> flows, LocalDate cut) {
    return Paydays.find(flows, cut, DAYS).known().map(List::getFirst);
  }

  private static List<Flow> largestOfLastMonth(List<Flow> flows, LocalDate cut) {
    return flows.stream()
        .filter(flow -> !flow.date().isBefore(cut.minusMonths(1)))
        .max(Comparator.comparing(Flow::amount))
        .map(List::of)
        .orElse(flows);
  }

  private static LocalDate sameDayOfLastMonth(List<Flow> flows, LocalDate cut) {
    LocalDate last = flows.stream().map(Flow::date).max(Comparator.naturalOrder()).orElseThrow();
    int months = 1;
    while (last.plusMonths(months).isBefore(cut)) {
      months++;
    }
    return last.plusMonths(months);
  }

  private static List<Flow> flows(
      List<Transaction> account, Predicate<Transaction> kind, LocalDate cut) {
    return account.stream()
        .filter(kind)
        .filter(transaction -> transaction.date().isBefore(cut))
        .map(Transaction::flow)
        .toList();
  }

  private static List<LocalDate> dates(
      List<Transaction> account, Predicate<Transaction> kind, LocalDate cut) {
    return flows(account, kind, cut).stream().map(Flow::date).distinct().toList();
  }

  private static List<Flow> shuffled(List<Flow> flows, SplittableRandom random) {
    return flows.stream()
        .map(
            flow -> {
              YearMonth month = YearMonth.from(flow.date());
              return new Flow(
                  month.atDay(1 + random.nextInt(month.lengthOfMonth())), flow.amount());
            })
        .toList();
  }

  private static Transaction beforeWeekends(Transaction transaction) {
    return transaction.on(DAYS.open(transaction.date(), -1));
  }

  private static Map<String, List<Transaction>> map(
      Map<String, List<Transaction>> accounts,
      java.util.function.UnaryOperator<Transaction> change) {
    Map<String, List<Transaction>> changed = new TreeMap<>();
    accounts.forEach((account, list) -> changed.put(account, list.stream().map(change).toList()));
    return changed;
  }

  private static Map<String, List<Transaction>> read() throws IOException {
    String named = System.getProperty("tenure.data", System.getenv("TENURE_DATA"));
    Path root = named == null ? Path.of("../../shared/data") : Path.of(named);
    Path file = root.resolve("berka-1993-94/trans.asc.gz");
    assumeTrue(Files.isRegularFile(file), "NOT RUN: no " + file + "; set TENURE_DATA");
    Map<String, List<Transaction>> accounts = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.readLine();
      lines
          .lines()
          .map(line -> line.replace("\"", "").split(";", -1))
          .forEach(
              column ->
                  accounts
                      .computeIfAbsent(column[1], account -> new ArrayList<>())
                      .add(transaction(column)));
    }
    accounts.values().forEach(list -> list.sort(Comparator.comparing(Transaction::date)));
    return accounts;
  }

  private static Transaction transaction(String[] column) {
    LocalDate date =
        LocalDate.of(
            1900 + Integer.parseInt(column[2].substring(0, 2)),
            Integer.parseInt(column[2].substring(2, 4)),
            Integer.parseInt(column[2].substring(4)));
    return new Transaction(
        column[1],
        date,
        column[3].equals("PRIJEM"),
        column[4],
        column[7].strip(),
        new Flow(date, new BigDecimal(column[5])));
  }

  private static final class Score {
    private final List<Trial> trials = new ArrayList<>();

    void add(LocalDate actual, Optional<LocalDate> predicted, LocalDate guess) {
      trials.add(new Trial(predicted.map(date -> distance(actual, date)), distance(actual, guess)));
    }

    double coverage() {
      return part(trial -> trial.error().isPresent());
    }

    /** Of those told. */
    double within(int days) {
      return part(trial -> trial.error().isPresent() && trial.error().get() <= days) / coverage();
    }

    /** Of all. */
    double baseline(int days) {
      return part(trial -> trial.baseline() <= days);
    }

    Score print(String name) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
          name,
          trials.size(),
          coverage(),
          within(0),
          within(1),
          within(2),
          baseline(0),
          baseline(1),
          baseline(2));
      return this;
    }

    private double part(Predicate<Trial> predicate) {
      return (double) trials.stream().filter(predicate).count() / trials.size();
    }

    private static int distance(LocalDate actual, LocalDate told) {
      return (int) Math.abs(ChronoUnit.DAYS.between(actual, told));
    }
  }
}
