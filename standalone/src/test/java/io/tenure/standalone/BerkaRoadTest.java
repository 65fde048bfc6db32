package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A real bank's history through the whole road: what the platform says is compared with a plain
 * recount of the file. Runs where the Berka files are present, and says so where they are not.
 */
final class BerkaRoadTest {

  private static final List<String> OWN_ACTIONS =
      List.of("Deposit", "Transfer", "Withdrawal", "TransferIn", "CardPayment");
  private static final Set<String> BANK_ACTIONS = Set.of("UROK", "SLUZBY", "SANKC. UROK");
  private static final LocalDate END = LocalDate.of(1994, 4, 1);

  @TempDir private Path folder;

  private final TestPlatform platform = TestPlatform.running();

  @Test
  void agreesWithARecountOfTheFile() throws IOException {
    BerkaFiles files = BerkaFiles.present();
    JsonNode project =
        platform.api().post("/api/v1/projects", "{\"id\": \"berka\", \"display_name\": \"Berka\"}");
    String writeKey = project.path("write_key").stringValue();
    try (Api berka =
        new Api(platform.installation().gateway(), project.path("secret_key").stringValue())) {
      files.load(platform, writeKey, folder.resolve("first"));
      JsonNode once = BerkaFiles.drained(berka, 60_826);
      files.load(platform, writeKey, folder.resolve("again"));
      JsonNode twice = BerkaFiles.drained(berka, 2 * 60_826);

      assertThat(once.path("stored").longValue()).isEqualTo(56_326);
      assertThat(once.path("applied").longValue()).isEqualTo(4_500);
      assertThat(twice.path("stored").longValue()).isEqualTo(56_326);
      assertThat(twice.path("duplicate").longValue()).isEqualTo(60_826);
      List<BerkaFiles.Transaction> transactions = files.transactions();
      assertThat(count(berka, paidEveryMonth())).isEqualTo(recountPaidEveryMonth(transactions));
      assertThat(count(berka, silentFor(14))).isEqualTo(recountSilentFor(14, transactions));
    }
  }

  private static long count(Api api, String condition) {
    return api.post(
            "/api/v1/conditions:evaluate",
            """
            {"condition": %s, "as_of_time": "%sT00:00:00Z", "count_only": true}\
            """
                .formatted(condition, END))
        .path("total_size")
        .longValue();
  }

  /** An incoming transfer in each of the last six months. */
  private static String paidEveryMonth() {
    return all(
        lastMonths().stream()
            .map(
                month ->
                    """
                    {"event": {"selector": {"name": "TransferIn"}, "operator": "OPERATOR_GREATER_OR_EQUAL", "count": 1,
                     "window": {"interval": {"start_time": "%sT00:00:00Z", "end_time": "%sT00:00:00Z"}}}}\
                    """
                        .formatted(month.atDay(1), month.plusMonths(1).atDay(1)))
            .toList());
  }

  private static long recountPaidEveryMonth(List<BerkaFiles.Transaction> transactions) {
    Map<String, Set<YearMonth>> months = new HashMap<>();
    transactions.stream()
        .filter(transaction -> transaction.operation().equals("PREVOD Z UCTU"))
        .forEach(
            transaction ->
                months
                    .computeIfAbsent(transaction.account(), account -> new HashSet<>())
                    .add(YearMonth.from(transaction.date())));
    return months.values().stream().filter(seen -> seen.containsAll(lastMonths())).count();
  }

  private static List<YearMonth> lastMonths() {
    return java.util.stream.IntStream.rangeClosed(1, 6)
        .mapToObj(back -> YearMonth.from(END).minusMonths(back))
        .toList();
  }

  /**
   * Was active at some time and did nothing in so many days; interest and fees are the bank's
   * doing.
   */
  private static String silentFor(int days) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "{\"any\": {\"conditions\": ["
            + OWN_ACTIONS.stream()
                .map(name -> did(name, "GREATER_OR_EQUAL", ""))
                .collect(Collectors.joining(","))
            + "]}}");
    String window =
        ", \"window\": {\"last\": \"%ds\"}".formatted(Duration.ofDays(days).toSeconds());
    OWN_ACTIONS.forEach(name -> parts.add(did(name, "LESS", window)));
    return all(parts);
  }

  private static String did(String name, String operator, String window) {
    return """
    {"event": {"selector": {"name": "%s"}, "operator": "OPERATOR_%s", "count": 1%s}}\
    """
        .formatted(name, operator, window);
  }

  private static long recountSilentFor(int days, List<BerkaFiles.Transaction> transactions) {
    Map<String, LocalDate> last = new HashMap<>();
    transactions.stream()
        .filter(transaction -> !BANK_ACTIONS.contains(transaction.purpose()))
        .forEach(
            transaction ->
                last.merge(
                    transaction.account(),
                    transaction.date(),
                    (one, other) -> one.isAfter(other) ? one : other));
    LocalDate edge = END.minusDays(days);
    return last.values().stream().filter(date -> date.isBefore(edge)).count();
  }

  private static String all(List<String> conditions) {
    return "{\"all\": {\"conditions\": [" + String.join(",", conditions) + "]}}";
  }
}
