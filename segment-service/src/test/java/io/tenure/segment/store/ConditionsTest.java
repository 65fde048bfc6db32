package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.condition.domain.Window;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.Bank;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of condition against data worked out by hand. */
final class ConditionsTest {

  private static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");
  private static final Window ALWAYS = new Window.Always();
  private static final String TRICKY =
      "it's a \"test\"\\ \t\n ; DROP TABLE events -- {p0:String} 你好";

  private static Bank bank;
  private static ClickHouseAudiences audiences;

  @BeforeAll
  static void fill() {
    bank = Bank.open("conditions");
    audiences = new ClickHouseAudiences(bank.clickHouse(), bank.conditions());
    bank.profile(1, "tier", "\"gold\"", "balance", "99.99", "city", "\"上海\"", "vip", "true")
        .profile(2, "tier", "\"silver\"", "balance", "100", "city", "\"S\\u00e3o Paulo\"")
        .profile(3, "tier", "null", "balance", "\"99.99\"", "note", "\"" + json(TRICKY) + "\"")
        .profile(4, "tier", "\"\"", "balance", "0.3", "tags", "[\"a\",\"gold\"]")
        .profile(5, "card", "~AAAAAAAAabcd");
    bank.event(1, "Login", "2026-03-01T08:00:00Z", "balance", "500")
        .event(1, "Login", "2026-03-08T08:00:00Z", "balance", "50")
        .event(1, "Transfer", "2026-03-08T09:00:00Z", "amount", "0.30")
        .event(2, "Login", "2026-03-02T08:00:00Z", "balance", "80.5")
        .event(2, "Login", "2026-03-03T08:00:00Z", "balance", "not a number")
        .event(2, "Transfer", "2026-03-09T23:59:59.999Z", "amount", "1000", "to", TRICKY)
        .event(2, "Transfer", "2026-03-10T00:00:00Z", "amount", "7")
        .event(900, 3, "Login", "2026-03-05T08:00:00Z", "note", "")
        .event(900, 3, "Login", "2026-03-05T08:00:00Z", "note", "")
        .event(3, "Login", "2026-02-01T08:00:00Z", "balance", "1")
        .event(1, "Order", "2026-02-02T08:00:00Z", "funds", "[\"a\",2.0]")
        .event(2, "Order", "2026-02-02T08:00:00Z", "funds", "[\"2\"]")
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void comparesTraitsAsTextNumbersAndFlags() {
    assertThat(users(trait("tier", Operator.EQUAL, text("gold")))).containsExactly(1);
    assertThat(users(trait("tier", Operator.EQUAL, text("gold"), text("silver"))))
        .containsExactly(1, 2);
    assertThat(users(trait("balance", Operator.EQUAL, number("99.990")))).containsExactly(1);
    assertThat(users(trait("balance", Operator.EQUAL, text("99.99")))).containsExactly(3);
    assertThat(users(trait("balance", Operator.EQUAL, number("100"), text("99.99"))))
        .containsExactly(2, 3);
    assertThat(users(trait("vip", Operator.EQUAL, new Value.Flag(true)))).containsExactly(1);
    assertThat(users(trait("city", Operator.EQUAL, text("上海")))).containsExactly(1);
    assertThat(users(trait("city", Operator.EQUAL, text("São Paulo")))).containsExactly(2);
  }

  @Test
  void anAbsentOrNullTraitIsNotEqualButNeitherLessNorGreater() {
    assertThat(users(trait("tier", Operator.NOT_EQUAL, text("gold")))).containsExactly(2, 3, 4, 5);
    assertThat(users(trait("balance", Operator.LESS, number("100")))).containsExactly(1, 4);
    assertThat(users(trait("balance", Operator.GREATER_OR_EQUAL, number("0"))))
        .containsExactly(1, 2, 4);
  }

  @Test
  void keepsNullMissingAndEmptyApart() {
    assertThat(users(trait("tier", Operator.IS_SET))).containsExactly(1, 2, 4);
    assertThat(users(trait("tier", Operator.IS_NOT_SET))).containsExactly(3, 5);
    assertThat(users(trait("tier", Operator.EQUAL, text("")))).containsExactly(4);
  }

  @Test
  void comparesNumbersExactly() {
    assertThat(users(trait("balance", Operator.LESS_OR_EQUAL, number("0.3")))).containsExactly(4);
    assertThat(users(trait("balance", Operator.LESS, number("0.3")))).isEmpty();
    assertThat(users(trait("balance", Operator.GREATER, number("0.29999999999999999999999"))))
        .containsExactly(1, 2, 4);
  }

  @Test
  void refusesToCompareSealedTraitsAndTellsWhetherTheyAreSet() {
    assertThat(users(trait("card", Operator.IS_SET))).containsExactly(5);
    for (Condition condition :
        List.of(
            trait("card", Operator.EQUAL, text("1")),
            trait("card", Operator.GREATER, number("1")),
            trait("card", Operator.CONTAINS, text("1")))) {
      assertThatThrownBy(() -> users(condition))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
    }
  }

  @Test
  void looksIntoListsOfTraitsAndProperties() {
    assertThat(users(trait("tags", Operator.HAS_ELEMENT, text("gold")))).containsExactly(4);
    assertThat(users(trait("tags", Operator.HAS_ELEMENT, text("gol")))).isEmpty();
    assertThat(users(trait("tier", Operator.HAS_ELEMENT, text("gold")))).isEmpty();
    Comparison two = new Comparison(Operator.HAS_ELEMENT, List.of(number("2"), text("x")));
    assertThat(users(new Condition.Latest(EventSelector.named("Order"), "funds", two)))
        .containsExactly(1);
  }

  @Test
  void searchesTextCaseSensitively() {
    assertThat(users(trait("tier", Operator.CONTAINS, text("ol")))).containsExactly(1);
    assertThat(users(trait("tier", Operator.CONTAINS, text("OL")))).isEmpty();
    assertThat(users(trait("city", Operator.STARTS_WITH, text("上")))).containsExactly(1);
    assertThat(users(trait("tags", Operator.CONTAINS, text("\"gold\"")))).containsExactly(4);
  }

  @Test
  void countsEventsBeforeTheAsOfTimeOnly() {
    assertThat(users(did("Transfer", Operator.GREATER_OR_EQUAL, 1, ALWAYS))).containsExactly(1, 2);
    assertThat(users(did("Transfer", Operator.GREATER_OR_EQUAL, 2, ALWAYS))).isEmpty();
    assertThat(users(did("Login", Operator.EQUAL, 2, ALWAYS))).containsExactly(1, 2, 3);
    assertThat(
            audiences.users(
                bank.project(), did("Transfer", Operator.EQUAL, 2, ALWAYS), AS_OF.plusMillis(1)))
        .containsExactly(2);
  }

  @Test
  void aStoredDuplicateCountsOnce() {
    Window lately = new Window.Last(Duration.ofDays(7));
    assertThat(users(did("Login", Operator.EQUAL, 1, lately))).containsExactly(1, 2, 3);
    assertThat(users(did("Login", Operator.GREATER, 1, lately))).isEmpty();
  }

  @Test
  void usersWithoutAnyEventDidNothing() {
    assertThat(users(did("Transfer", Operator.LESS, 1, ALWAYS))).containsExactly(3, 4, 5);
    assertThat(users(did("Transfer", Operator.EQUAL, 0, ALWAYS))).containsExactly(3, 4, 5);
    assertThat(users(did("Login", Operator.LESS_OR_EQUAL, 1, ALWAYS))).containsExactly(4, 5);
    assertThat(users(did("Login", Operator.NOT_EQUAL, 2, ALWAYS))).containsExactly(4, 5);
    assertThat(users(did("Login", Operator.GREATER_OR_EQUAL, 0, ALWAYS)))
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(users(did("Login", Operator.NOT_EQUAL, 0, ALWAYS))).containsExactly(1, 2, 3);
  }

  @Test
  void windowsAreHalfOpen() {
    Window exact =
        new Window.Between(
            new TimeRange(
                Instant.parse("2026-03-01T08:00:00Z"), Instant.parse("2026-03-02T08:00:00Z")));
    assertThat(users(did("Login", Operator.GREATER, 0, exact))).containsExactly(1);
    Window afterwards =
        new Window.Between(
            new TimeRange(
                Instant.parse("2026-04-01T08:00:00Z"), Instant.parse("2026-05-02T08:00:00Z")));
    assertThat(users(did("Login", Operator.GREATER, 0, afterwards))).isEmpty();
  }

  @Test
  void filtersEventsByProperties() {
    assertThat(users(did(transfers("amount", Operator.EQUAL, number("0.3"))))).containsExactly(1);
    assertThat(users(did(transfers("amount", Operator.GREATER, number("0.3"))))).containsExactly(2);
    assertThat(users(did(transfers("to", Operator.NOT_EQUAL, text("x"))))).containsExactly(1, 2);
    assertThat(users(did(transfers("to", Operator.IS_NOT_SET)))).containsExactly(1);
    EventSelector emptyNote =
        new EventSelector("Login", List.of(filter("note", Operator.EQUAL, text(""))));
    assertThat(users(did(emptyNote))).containsExactly(3);
    assertThat(users(did("", Operator.GREATER_OR_EQUAL, 3, ALWAYS))).containsExactly(1, 2);
  }

  @Test
  void comparesTheLatestValueBeforeTheAsOfTime() {
    assertThat(users(latest(Operator.LESS, number("100")))).containsExactly(1, 3);
    assertThat(users(latest(Operator.EQUAL, text("not a number")))).containsExactly(2);
    assertThat(users(latest(Operator.NOT_EQUAL, number("50")))).containsExactly(2, 3);
    assertThat(users(latest(Operator.IS_SET))).containsExactly(1, 2, 3);
    assertThat(users(latest(Operator.IS_NOT_SET))).containsExactly(4, 5);
    assertThat(
            audiences.users(
                bank.project(),
                latest(Operator.LESS, number("100")),
                Instant.parse("2026-03-03T00:00:00Z")))
        .containsExactly(2, 3);
  }

  @Test
  void findsStepsDoneInOrderWithinATime() {
    List<EventSelector> loginThenTransfer =
        List.of(EventSelector.named("Login"), EventSelector.named("Transfer"));
    assertThat(users(new Condition.Sequence(loginThenTransfer, Duration.ofHours(1), ALWAYS)))
        .containsExactly(1);
    assertThat(
            users(
                new Condition.Sequence(
                    loginThenTransfer, Duration.ofHours(1).minusMillis(1), ALWAYS)))
        .isEmpty();
    assertThat(users(new Condition.Sequence(loginThenTransfer, Duration.ofDays(8), ALWAYS)))
        .containsExactly(1, 2);
    assertThat(
            users(
                new Condition.Sequence(loginThenTransfer.reversed(), Duration.ofDays(30), ALWAYS)))
        .isEmpty();
  }

  @Test
  void aRepeatedStepNeedsTwoEventsNotOneStoredTwice() {
    List<EventSelector> twice = List.of(EventSelector.named("Login"), EventSelector.named("Login"));
    assertThat(users(new Condition.Sequence(twice, Duration.ofDays(20), ALWAYS)))
        .containsExactly(1, 2);
  }

  @Test
  void combinesConditions() {
    Condition rich = trait("balance", Operator.GREATER_OR_EQUAL, number("100"));
    Condition transferred = did("Transfer", Operator.GREATER, 0, ALWAYS);
    assertThat(users(new Condition.All(List.of(transferred, new Condition.Not(rich)))))
        .containsExactly(1);
    assertThat(users(new Condition.Any(List.of(trait("tier", Operator.IS_NOT_SET), rich))))
        .containsExactly(2, 3, 5);
    assertThat(users(new Condition.Not(new Condition.Any(List.of(rich, transferred)))))
        .containsExactly(3, 4, 5);
    assertThat(audiences.count(bank.project(), new Condition.Not(rich), AS_OF)).isEqualTo(4);
    Condition sequence =
        new Condition.Sequence(
            List.of(EventSelector.named("Login"), EventSelector.named("Transfer")),
            Duration.ofDays(8),
            ALWAYS);
    assertThat(users(new Condition.Not(sequence))).containsExactly(3, 4, 5);
  }

  @Test
  void refusesASegmentThatDoesNotExist() {
    assertThatThrownBy(() -> users(new Condition.InSegment("nobody-knows")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nobody-knows");
  }

  @Test
  void projectsNeverMix() {
    assertThat(
            audiences.users(
                new ProjectId("another-bank"),
                new Condition.Not(trait("a", Operator.IS_SET)),
                AS_OF))
        .isEmpty();
  }

  @Test
  void findsWhatIsWrittenWithQuotesTabsAndBackslashes() {
    assertThat(users(did(transfers("to", Operator.EQUAL, text(TRICKY))))).containsExactly(2);
    assertThat(users(did(transfers("to", Operator.CONTAINS, text("\\ \t\n ;")))))
        .containsExactly(2);
    assertThat(users(trait("note", Operator.EQUAL, text(TRICKY)))).containsExactly(3);
    assertThat(users(trait("note", Operator.STARTS_WITH, text("it's a \"")))).containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR 1=1 --",
        "\\' OR 1=1 --",
        "x'), (SELECT 1)) --",
        "{p0:String}",
        "\\",
        "'",
        "\u0000",
        "\t\n\r\b\f",
        "']",
        "\\N",
        "名字'\"`"
      })
  void textNeverBecomesSql(String attack) {
    List<String> tables = bank.tables().toList();
    assertThat(users(trait(attack, Operator.EQUAL, text(attack)))).isEmpty();
    assertThat(users(did(attack, Operator.GREATER, 0, ALWAYS))).isEmpty();
    assertThat(users(did(transfers(attack, Operator.CONTAINS, text(attack))))).isEmpty();
    assertThat(users(did(transfers("to", Operator.EQUAL, text(attack), text("b"))))).isEmpty();
    assertThat(
            users(
                new Condition.Latest(
                    EventSelector.named(attack), attack, comparison(Operator.IS_SET))))
        .isEmpty();
    assertThat(bank.tables()).containsExactlyInAnyOrderElementsOf(tables);
  }

  private static long[] users(Condition condition) {
    return audiences.users(bank.project(), condition, AS_OF);
  }

  private static Condition trait(String name, Operator operator, Value... values) {
    return new Condition.Trait(name, comparison(operator, values));
  }

  private static Condition did(String name, Operator operator, long count, Window window) {
    return new Condition.EventCount(EventSelector.named(name), operator, count, window);
  }

  private static Condition did(EventSelector selector) {
    return new Condition.EventCount(selector, Operator.GREATER_OR_EQUAL, 1, ALWAYS);
  }

  private static Condition latest(Operator operator, Value... values) {
    return new Condition.Latest(
        EventSelector.named("Login"), "balance", comparison(operator, values));
  }

  private static EventSelector transfers(String property, Operator operator, Value... values) {
    return new EventSelector("Transfer", List.of(filter(property, operator, values)));
  }

  private static PropertyFilter filter(String property, Operator operator, Value... values) {
    return new PropertyFilter(property, comparison(operator, values));
  }

  private static Comparison comparison(Operator operator, Value... values) {
    return new Comparison(operator, Arrays.asList(values));
  }

  private static Value text(String value) {
    return new Value.Text(value);
  }

  private static Value number(String value) {
    return new Value.Decimal(new BigDecimal(value));
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\t", "\\t")
        .replace("\n", "\\n");
  }
}
