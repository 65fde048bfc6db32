package io.tenure.profile.store;

import static io.tenure.profile.domain.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.search.Ordering;
import io.tenure.profile.domain.search.Ordering.Field;
import io.tenure.profile.domain.search.Ordering.Key;
import io.tenure.profile.domain.search.ProfileIndex.Position;
import io.tenure.profile.domain.search.ProfileSearch;
import io.tenure.profile.domain.search.Search;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProfileSearchTest {

  private static ProfileStores stores;
  private static ProfileSearch search;
  private static ProjectId bank;

  /** Users 1 to 6; who they are is chosen so that every comparison splits them differently. */
  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
    search = new ProfileSearch(new ClickHouseProfileIndex(stores.clickHouse), stores.directory);
    bank = ProfileStores.project();
    stores.projector.apply(
        "log",
        new Updates(bank)
            .bind("anna", "phone-1")
            .change("anna", set("city", "\"Wien\""), set("balance", "0.3"))
            .event("ben", "", set("city", "\"Winterthur\""), set("balance", "100.10"))
            .event("cai", "", set("city", "\"上海\""), set("balance", "\"100.1\""))
            .event("dana", "", set("vip", "true"), set("funds", "[\"gold\",\"say \\\"hi\\\"\"]"))
            .event("emil", "", set("vip", "false"), set("funds", "[1,2.50,true]"))
            .event("fay", "", set("city", "\"a\\nb'\\\\c\""), set("balance", "-7"))
            .all());
    stores.projector.apply(
        "log", new Updates(ProfileStores.project()).event("anna", "", set("balance", "5")).all());
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void findsByAnyId() {
    assertThat(find("anna")).containsExactly(1L);
    assertThat(find("phone-1")).containsExactly(1L);
    assertThat(find("user_number:3")).containsExactly(3L);
    assertThat(find("user_number:03")).isEmpty();
    assertThat(find("nobody")).isEmpty();
  }

  @Test
  void findsNobodyByAnIdThatWasTaken() {
    ProjectId project = ProfileStores.project();
    Updates log = new Updates(project).event("anna", "").unbind("anna", "").event("anna", "");
    stores.projector.apply("log", log.slice(0, 1));
    stores.projector.apply("log", log.slice(1, 3));
    Search asked = new Search(project, "anna", Optional.empty(), Ordering.BY_NUMBER);
    assertThat(numbers(search.page(asked, Optional.empty(), 10))).containsExactly(2L);
  }

  @Test
  void comparesTexts() {
    assertThat(find(is("city", text("Wien"), text("上海")))).containsExactly(1L, 3L);
    assertThat(find(is("city", text("a\nb'\\c")))).containsExactly(6L);
    assertThat(find(compare("city", Operator.STARTS_WITH, text("Wi")))).containsExactly(1L, 2L);
    assertThat(find(compare("city", Operator.CONTAINS, text("ter")))).containsExactly(2L);
    assertThat(find(compare("city", Operator.CONTAINS, text("\"")))).isEmpty();
  }

  @Test
  void comparesNumbersExactlyAndNeverQuotedOnes() {
    assertThat(find(is("balance", number("100.1")))).containsExactly(2L);
    assertThat(find(is("balance", text("100.1")))).containsExactly(3L);
    assertThat(find(ordered(Operator.LESS, "0.3"))).containsExactly(6L);
    assertThat(find(ordered(Operator.LESS_OR_EQUAL, "0.3"))).containsExactly(1L, 6L);
    assertThat(find(ordered(Operator.GREATER, "0.3"))).containsExactly(2L);
    assertThat(find(ordered(Operator.GREATER_OR_EQUAL, "0.30"))).containsExactly(1L, 2L);
  }

  @Test
  void comparesFlags() {
    assertThat(find(is("vip", new Value.Flag(true)))).containsExactly(4L);
    assertThat(find(is("vip", new Value.Flag(true), new Value.Flag(false))))
        .containsExactly(4L, 5L);
    assertThat(find(is("vip", text("true")))).isEmpty();
  }

  @Test
  void looksIntoLists() {
    assertThat(find(has("funds", text("gold")))).containsExactly(4L);
    assertThat(find(has("funds", text("say \"hi\"")))).containsExactly(4L);
    assertThat(find(has("funds", text("gol")))).isEmpty();
    assertThat(find(has("funds", number("2.5"), text("gold")))).containsExactly(4L, 5L);
    assertThat(find(has("funds", new Value.Flag(true)))).containsExactly(5L);
    assertThat(find(has("city", text("Wien")))).isEmpty();
  }

  @Test
  void joinsConditions() {
    Condition rich = ordered(Operator.GREATER, "0");
    Condition hasCity = compare("city", Operator.IS_SET);
    assertThat(find(hasCity)).containsExactly(1L, 2L, 3L, 6L);
    assertThat(find(new Condition.Not(hasCity))).containsExactly(4L, 5L);
    assertThat(find(new Condition.All(List.of(hasCity, new Condition.Not(rich)))))
        .containsExactly(3L, 6L);
    assertThat(find(new Condition.Any(List.of(new Condition.Not(hasCity), rich))))
        .containsExactly(1L, 2L, 4L, 5L);
    assertThat(find("")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void countsUpToALimit() {
    Search everybody = everybody(Ordering.BY_NUMBER);
    assertThat(search.count(everybody, 100)).isEqualTo(6);
    assertThat(search.count(everybody, 4)).isEqualTo(4);
    assertThat(search.count(asked(is("city", text("Rom")), Ordering.BY_NUMBER), 4)).isZero();
  }

  @Test
  void ordersByATraitTheMissingThenNumbersThenTexts() {
    assertThat(pages(trait("balance", false))).containsExactly(4L, 5L, 6L, 1L, 2L, 3L);
    assertThat(pages(trait("balance", true))).containsExactly(3L, 2L, 1L, 6L, 5L, 4L);
    assertThat(pages(trait("city", false))).containsExactly(4L, 5L, 1L, 2L, 6L, 3L);
  }

  @Test
  void ordersByWhatEveryProfileHas() {
    assertThat(pages(fact(Field.USER_NUMBER, true))).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(pages(fact(Field.LOGIN_ID, true))).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(pages(fact(Field.LAST_SEEN_TIME, false))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(pages(fact(Field.FIRST_SEEN_TIME, true))).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(pages(fact(Field.EVENT_COUNT, false))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(pages(fact(Field.UPDATE_TIME, true))).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void showsTheProfileAsItIsNow() {
    ProjectId project = ProfileStores.project();
    Updates log = new Updates(project).event("anna", "", set("city", "\"Wien\""));
    stores.projector.apply("log", log.all());
    Search asked =
        new Search(project, "", Optional.of(is("city", text("Wien"))), Ordering.BY_NUMBER);
    Profile found = search.page(asked, Optional.empty(), 10).profiles().getFirst();
    assertThat(found).isEqualTo(stores.get(project, "anna"));
  }

  /** All pages of one or two users each; both sizes must tell the same. */
  private static List<Long> pages(Ordering ordering) {
    List<Long> inTwos = pages(ordering, 2);
    assertThat(pages(ordering, 1)).isEqualTo(inTwos);
    return inTwos;
  }

  private static List<Long> pages(Ordering ordering, int size) {
    List<Long> all = new ArrayList<>();
    Optional<Position> next = Optional.empty();
    do {
      ProfileSearch.Page page = search.page(everybody(ordering), next, size);
      all.addAll(numbers(page));
      next = page.next();
    } while (next.isPresent());
    return all;
  }

  private static Ordering trait(String name, boolean descending) {
    return new Ordering(new Key.Trait(name), descending);
  }

  private static Ordering fact(Field field, boolean descending) {
    return new Ordering(new Key.Fact(field), descending);
  }

  private static Condition is(String trait, Value... values) {
    return compare(trait, Operator.EQUAL, values);
  }

  private static Condition has(String trait, Value... values) {
    return compare(trait, Operator.HAS_ELEMENT, values);
  }

  private static Condition ordered(Operator operator, String bound) {
    return compare("balance", operator, number(bound));
  }

  private static Condition compare(String trait, Operator operator, Value... values) {
    return new Condition.Trait(trait, new Comparison(operator, List.of(values)));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static Value number(String number) {
    return new Value.Decimal(new BigDecimal(number));
  }

  private static List<Long> find(String id) {
    Search asked = new Search(bank, id, Optional.empty(), Ordering.BY_NUMBER);
    return numbers(search.page(asked, Optional.empty(), 10));
  }

  private static List<Long> find(Condition filter) {
    return numbers(search.page(asked(filter, Ordering.BY_NUMBER), Optional.empty(), 10));
  }

  private static Search asked(Condition filter, Ordering ordering) {
    return new Search(bank, "", Optional.of(filter), ordering);
  }

  private static Search everybody(Ordering ordering) {
    return new Search(bank, "", Optional.empty(), ordering);
  }

  private static List<Long> numbers(ProfileSearch.Page page) {
    return page.profiles().stream().map(profile -> profile.user().number()).toList();
  }
}
