package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Analyses of a real bank's first fifteen months beside a plain recount of its files. Runs where
 * the Berka files are present, and says so where they are not.
 */
final class BerkaAnalysesTest {

  private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");
  private static final LocalTime OPENED_AT = LocalTime.of(9, 0);
  private static final LocalTime MOVED_AT = LocalTime.of(12, 0);
  private static final LocalDate START = LocalDate.of(1993, 1, 1);
  private static final LocalDate END = LocalDate.of(1994, 1, 1);
  private static final Duration WINDOW = Duration.ofDays(90);
  private static final int MONTHS = 3;

  @TempDir private Path folder;

  private final TestPlatform platform = TestPlatform.running();

  @Test
  void agreeWithARecountOfTheFiles() throws IOException {
    BerkaFiles files = BerkaFiles.present();
    JsonNode project =
        platform
            .api()
            .post(
                "/api/v1/projects",
                "{\"id\": \"berka-analyses\", \"display_name\": \"Berka analyses\"}");
    try (Api berka =
        new Api(platform.installation().gateway(), project.path("secret_key").stringValue())) {
      files.load(platform, project.path("write_key").stringValue(), folder.resolve("state"));
      BerkaFiles.drained(berka, 60_826);

      assertThat(funnel(berka)).isEqualTo(recountFunnel(files));
      assertThat(retention(berka)).isEqualTo(recountRetention(files));
      assertThat(lifetimeValue(berka)).isEqualTo(recountLifetimeValue(files));
    }
  }

  /** From the opening of an account over the first money to regular use. */
  private static List<Long> funnel(Api api) {
    JsonNode result =
        run(
            api,
            """
            "funnel": {"steps": [{"name": "AccountOpened"}, {"name": "Deposit"}, {"name": "Withdrawal"}, {"name": "Transfer"}],
              "window": "%ds"}
            """
                .formatted(WINDOW.toSeconds()));
    return StreamSupport.stream(result.path("funnel").path("steps").spliterator(), false)
        .map(step -> step.path("users").longValue())
        .toList();
  }

  private static List<Long> recountFunnel(BerkaFiles files) throws IOException {
    List<Predicate<BerkaFiles.Transaction>> steps =
        List.of(
            BerkaAnalysesTest::isDeposit,
            BerkaAnalysesTest::isWithdrawal,
            BerkaAnalysesTest::isTransfer);
    Map<String, List<BerkaFiles.Transaction>> transactions = byAccount(files);
    long[] users = new long[steps.size() + 1];
    files
        .accounts()
        .forEach(
            (account, opened) -> {
              if (opened.isBefore(END)) {
                ZonedDateTime end = opened.atTime(OPENED_AT).atZone(PRAGUE).plus(WINDOW);
                LocalDate last = opened;
                users[0]++;
                for (int step = 0; step < steps.size(); step++) {
                  LocalDate from = last;
                  Predicate<BerkaFiles.Transaction> kind = steps.get(step);
                  Optional<LocalDate> next =
                      transactions.getOrDefault(account, List.of()).stream()
                          .filter(kind)
                          .map(BerkaFiles.Transaction::date)
                          .filter(date -> !date.isBefore(from))
                          .filter(date -> !date.atTime(MOVED_AT).atZone(PRAGUE).isAfter(end))
                          .min(LocalDate::compareTo);
                  if (next.isEmpty()) {
                    return;
                  }
                  last = next.get();
                  users[step + 1]++;
                }
              }
            });
    return Stream.of(0, 1, 2, 3).map(step -> users[step]).toList();
  }

  /** Which of the accounts opened in a month are drawn upon in the months after. */
  private static List<List<Long>> retention(Api api) {
    JsonNode result =
        run(
            api,
            """
            "retention": {"start": {"name": "AccountOpened"}, "return": {"name": "Withdrawal"}, "unit": "TIME_UNIT_MONTH", "periods": %d}
            """
                .formatted(MONTHS));
    List<List<Long>> cohorts = new ArrayList<>();
    for (JsonNode cohort : result.path("retention").path("cohorts")) {
      List<Long> numbers = new ArrayList<>(List.of(cohort.path("users").longValue()));
      cohort.path("cells").forEach(cell -> numbers.add(cell.path("users").longValue()));
      cohorts.add(numbers);
    }
    return cohorts;
  }

  private static List<List<Long>> recountRetention(BerkaFiles files) throws IOException {
    Map<String, Set<YearMonth>> active = new HashMap<>();
    files.transactions().stream()
        .filter(BerkaAnalysesTest::isWithdrawal)
        .forEach(
            transaction ->
                active
                    .computeIfAbsent(transaction.account(), _ -> new HashSet<>())
                    .add(YearMonth.from(transaction.date())));
    Map<String, LocalDate> accounts = files.accounts();
    return Stream.iterate(YearMonth.from(START), month -> month.plusMonths(1))
        .limit(12)
        .map(
            month -> {
              List<String> cohort =
                  accounts.keySet().stream()
                      .filter(account -> YearMonth.from(accounts.get(account)).equals(month))
                      .toList();
              List<Long> numbers = new ArrayList<>(List.of((long) cohort.size()));
              for (int later = 1; later <= MONTHS; later++) {
                YearMonth asked = month.plusMonths(later);
                numbers.add(
                    cohort.stream()
                        .filter(account -> active.getOrDefault(account, Set.of()).contains(asked))
                        .count());
              }
              return numbers;
            })
        .toList();
  }

  /** What the fees of accounts opened in a month have come to, month after month. */
  private static List<List<String>> lifetimeValue(Api api) {
    JsonNode result =
        run(
            api,
            """
            "ltv": {"start": {"name": "AccountOpened"}, "value": {"name": "Fee"}, "amount_property": "amount", "unit": "TIME_UNIT_MONTH", "periods": %d}
            """
                .formatted(MONTHS));
    List<List<String>> cohorts = new ArrayList<>();
    for (JsonNode cohort : result.path("ltv").path("all").path("cohorts")) {
      List<String> sums = new ArrayList<>();
      for (JsonNode count : cohort.path("counts")) {
        sums.add(plain(new BigDecimal(count.path("sum").stringValue())));
      }
      cohorts.add(sums);
    }
    return cohorts;
  }

  private static List<List<String>> recountLifetimeValue(BerkaFiles files) throws IOException {
    Map<String, LocalDate> accounts = files.accounts();
    List<BerkaFiles.Transaction> fees =
        files.transactions().stream()
            .filter(transaction -> transaction.purpose().equals("SLUZBY"))
            .toList();
    return Stream.iterate(YearMonth.from(START), month -> month.plusMonths(1))
        .limit(12)
        .map(
            month ->
                IntStream.rangeClosed(0, MONTHS)
                    .mapToObj(month::plusMonths)
                    .map(last -> plain(sum(fees, accounts, month, last)))
                    .toList())
        .toList();
  }

  private static BigDecimal sum(
      List<BerkaFiles.Transaction> fees,
      Map<String, LocalDate> accounts,
      YearMonth opened,
      YearMonth last) {
    return fees.stream()
        .filter(fee -> YearMonth.from(accounts.get(fee.account())).equals(opened))
        .filter(fee -> !YearMonth.from(fee.date()).isAfter(last))
        .map(BerkaFiles.Transaction::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String plain(BigDecimal sum) {
    return sum.stripTrailingZeros().toPlainString();
  }

  private static JsonNode run(Api api, String model) {
    return api.post(
            "/api/v1/analyses:run",
            """
            {"query": {"scope": {"interval": {"start_time": "%s", "end_time": "%s"}, "time_zone": "%s"}, %s}}\
            """
                .formatted(
                    START.atStartOfDay(PRAGUE).toInstant(),
                    END.atStartOfDay(PRAGUE).toInstant(),
                    PRAGUE,
                    model))
        .path("result");
  }

  private static Map<String, List<BerkaFiles.Transaction>> byAccount(BerkaFiles files)
      throws IOException {
    Map<String, List<BerkaFiles.Transaction>> accounts = new HashMap<>();
    files
        .transactions()
        .forEach(
            transaction ->
                accounts
                    .computeIfAbsent(transaction.account(), _ -> new ArrayList<>())
                    .add(transaction));
    return accounts;
  }

  private static boolean isDeposit(BerkaFiles.Transaction transaction) {
    return transaction.type().equals("PRIJEM") && transaction.operation().equals("VKLAD");
  }

  private static boolean isWithdrawal(BerkaFiles.Transaction transaction) {
    return transaction.operation().equals("VYBER")
        && (transaction.purpose().isEmpty() || transaction.purpose().equals("SIPO"));
  }

  private static boolean isTransfer(BerkaFiles.Transaction transaction) {
    return transaction.operation().equals("PREVOD NA UCET");
  }
}
