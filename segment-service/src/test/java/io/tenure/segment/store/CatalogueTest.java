package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.catalogue.Catalogue;
import io.tenure.segment.domain.catalogue.CatalogueEvent;
import io.tenure.segment.domain.catalogue.CatalogueProperty;
import io.tenure.segment.domain.catalogue.Sample;
import io.tenure.segment.domain.catalogue.StoredNames.Question;
import io.tenure.segment.domain.catalogue.StoredNames.ValueCount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the catalogue says of a handful of events, worked out by hand. */
final class CatalogueTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final TimeRange MARCH =
      new TimeRange(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
  private static final String PLAN =
      """
      {"mode": "OBSERVE", "traits": [{"name": "phone", "dataClass": "C2"}], "events": [
        {"name": "Buy", "description": "Bought a fund", "properties": [
          {"name": "amount", "dataClass": "C1", "description": "In yuan"},
          {"name": "card", "dataClass": "C2", "description": ""},
          {"name": "coupon", "dataClass": "C1", "description": "Not used yet"}]},
        {"name": "Sell", "description": "Sold a fund", "properties": []}]}
      """;

  private static Bank bank;
  private static Catalogue catalogue;

  @BeforeAll
  static void fill() {
    bank = Bank.open("catalogue");
    catalogue = catalogue(1_000_000);
    bank.event(500, 1, "Buy", "2026-03-01T15:00:00Z", "amount", "12.50", "channel", "app")
        .event(500, 1, "Buy", "2026-03-01T15:00:00Z", "amount", "12.50", "channel", "app")
        .event(1, "Buy", "2026-03-01T16:00:00Z", "amount", "-7", "channel", "", "card", "6222")
        .event(2, "Buy", "2026-03-02T10:00:00Z", "amount", "none", "channel", "App", "x", "[1]")
        .event(2, "Buy", "2026-03-02T11:00:00Z", "x", "{\"a\":1}", "phone", "138")
        .event(3, "Open", "2026-03-05T10:00:00Z", "channel", "web", "x", "[broken", "y", "true")
        .event(3, "Open", "2026-05-05T10:00:00Z", "channel", "late")
        .store();
  }

  private static Catalogue catalogue(long most) {
    return new Catalogue(
        new ClickHouseStoredNames(bank.clickHouse(), bank.columns()), bank.plan(PLAN), most);
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void listsEventNamesMostFrequentFirstAndPlannedOnesLast() {
    List<CatalogueEvent> events = catalogue.events(bank.project(), MARCH, "");
    assertThat(events).extracting(CatalogueEvent::name).containsExactly("Buy", "Open", "Sell");
    assertThat(events).extracting(one -> one.occurrence().events()).containsExactly(4L, 1L, 0L);
    assertThat(events).extracting(CatalogueEvent::users).containsExactly(2L, 1L, 0L);
    assertThat(events).extracting(CatalogueEvent::planned).containsExactly(true, false, true);
    assertThat(events.getFirst().description()).isEqualTo("Bought a fund");
    assertThat(events.getFirst().occurrence().first()).isEqualTo("2026-03-01T15:00:00Z");
    assertThat(events.getFirst().occurrence().last()).isEqualTo("2026-03-02T11:00:00Z");
    assertThat(events.getLast().occurrence().first()).isNull();
    assertThat(catalogue.events(bank.project(), MARCH, "uY"))
        .extracting(CatalogueEvent::name)
        .containsExactly("Buy");
  }

  @Test
  void countsEventsByLocalDay() {
    List<CatalogueEvent> events =
        catalogue.withDays(
            bank.project(), catalogue.events(bank.project(), MARCH, "Buy"), MARCH, SHANGHAI);
    assertThat(events.getFirst().days())
        .isEqualTo(Map.of(LocalDate.parse("2026-03-01"), 1L, LocalDate.parse("2026-03-02"), 3L));
  }

  @Test
  void tellsWhatPropertiesHold() {
    Map<String, CatalogueProperty> found = properties("Buy");
    assertThat(found.keySet())
        .containsExactlyInAnyOrder("amount", "channel", "x", "card", "phone", "coupon");
    CatalogueProperty.Values amount = known(found, "amount").values();
    assertThat(amount.occurrence().events()).isEqualTo(3);
    assertThat(amount.numbers()).isEqualTo(2);
    assertThat(amount.texts()).isEqualTo(1);
    assertThat(amount.smallest()).isEqualByComparingTo("-7");
    assertThat(amount.largest()).isEqualByComparingTo("12.5");
    assertThat(amount.approximate()).isEqualTo(3);
    assertThat(known(found, "amount").plan())
        .isEqualTo(new CatalogueProperty.Plan(true, "In yuan", false));
    assertThat(known(found, "x").values().lists()).isEqualTo(1);
    assertThat(known(found, "x").values().objects()).isEqualTo(1);
    assertThat(known(found, "channel").values().approximate()).isEqualTo(3);
    assertThat(known(found, "coupon").values().occurrence().events()).isZero();
    assertThat(known(found, "amount").hasColumn()).isTrue();
    assertThat(known(found, "x").hasColumn()).isFalse();
    Map<String, CatalogueProperty> all = properties("");
    assertThat(known(all, "y").values().booleans()).isEqualTo(1);
    assertThat(known(all, "x").values().texts()).isEqualTo(1);
    assertThat(known(all, "channel").values().occurrence().events()).isEqualTo(4);
  }

  @Test
  void showsNothingOfValuesOfClassC2AndC3() {
    assertThat(known(properties("Buy"), "card").plan().hidden()).isTrue();
    assertThat(known(properties("Buy"), "card").values().numbers()).isEqualTo(1);
    assertThat(known(properties("Buy"), "card").values().largest()).isNull();
    assertThat(known(properties("Buy"), "phone").plan().hidden()).isTrue();
    for (String name : List.of("card", "phone")) {
      assertThatThrownBy(() -> catalogue.values(question("Buy"), name, "", 10))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION);
                assertThat(failure.text()).doesNotContain("6222");
              });
    }
  }

  @Test
  void listsTheMostFrequentValuesAndKeepsMissingAndEmptyApart() {
    Catalogue.Values channels = catalogue.values(question(""), "channel", "", 10);
    assertThat(channels.list())
        .containsExactly(
            new ValueCount("", 1),
            new ValueCount("App", 1),
            new ValueCount("app", 1),
            new ValueCount("web", 1));
    assertThat(channels.sample()).isEqualTo(new Sample(1000, 5));
    assertThat(catalogue.values(question(""), "channel", "AP", 10).list())
        .extracting(ValueCount::value)
        .containsExactly("App", "app");
    assertThat(catalogue.values(question("Buy"), "x", "", 1).list()).hasSize(1);
    assertThat(catalogue.values(question("Buy"), "y", "", 10).list()).isEmpty();
  }

  @Test
  void saysWhenItLookedAtSomeUsersOnly() {
    Sample all = catalogue.properties(question(""), "").sample();
    assertThat(all).isEqualTo(new Sample(1000, 5));
    Catalogue.Properties some = catalogue(2).properties(question(""), "");
    assertThat(some.sample().perMille()).isEqualTo(400);
    assertThat(some.sample().events()).isLessThanOrEqualTo(5);
    some.list()
        .forEach(
            property ->
                assertThat(property.values().occurrence().events())
                    .isLessThanOrEqualTo(some.sample().events()));
  }

  private static Question question(String event) {
    return new Question(bank.project(), event, MARCH);
  }

  private static Map<String, CatalogueProperty> properties(String event) {
    return catalogue.properties(question(event), "").list().stream()
        .collect(Collectors.toMap(CatalogueProperty::name, Function.identity()));
  }

  private static CatalogueProperty known(Map<String, CatalogueProperty> properties, String name) {
    return Objects.requireNonNull(properties.get(name), name);
  }
}
