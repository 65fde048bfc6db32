package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Property;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.retention.Bracket;
import io.tenure.segment.domain.retention.Retention;
import io.tenure.segment.domain.retention.RetentionCell;
import io.tenure.segment.domain.retention.RetentionQuery;
import io.tenure.segment.domain.retention.Retentions;
import io.tenure.segment.domain.retention.ReturnRule;
import io.tenure.segment.domain.tally.ValueChoice;
import io.tenure.segment.store.NaiveCohorts.Member;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Retention as stored events give it, for all options at once, against what it means. */
final class RetentionPropertyTest {

  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");

  private static Bank bank;
  private static Retentions retentions;
  private static int cases;

  @BeforeAll
  static void open() {
    bank = Bank.open("retention_property");
    retentions =
        new Retentions(new ClickHouseActivity(bank.scans(), bank.conditions()), bank.journeys());
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  private record Case(CohortCase cohorts, RetentionQuery query) {}

  @Test
  void everyNumberIsWhatItMeansAndOpensItsUsers() {
    Property.forAll(150, RetentionPropertyTest::random, RetentionPropertyTest::check);
  }

  private static Case random(RandomGenerator random) {
    CohortCase cohorts = CohortCase.random(random, "r" + ++cases, false);
    int horizon = cohorts.query().horizon();
    boolean plain =
        cohorts.query().amount() == null
            && cohorts.query().held() == null
            && cohorts.query().values() == null;
    List<Bracket> brackets =
        random.nextBoolean()
            ? RetentionQuery.each(horizon)
            : IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(
                    _ -> {
                      int first = 1 + random.nextInt(horizon);
                      return new Bracket(first, first + random.nextInt(horizon - first + 1));
                    })
                .toList();
    ReturnRule rule = ReturnRule.values()[random.nextInt(ReturnRule.values().length)];
    int least = plain || random.nextBoolean() ? 1 : 2;
    return new Case(cohorts, new RetentionQuery(cohorts.query(), rule, brackets, least));
  }

  private static void check(Case sample) {
    sample.cohorts().store(bank, cases);
    List<Member> members = NaiveCohorts.members(sample.cohorts());
    Retention retention = retentions.run(bank.project(), sample.query(), NOW);
    same(sample, retention.parts().all(), members, ValueChoice.ALL);
    if (sample.query().cohorts().values() == null) {
      return;
    }
    Map<String, Long> sizes =
        members.stream().collect(Collectors.groupingBy(Member::value, Collectors.counting()));
    assertThat(retention.parts().valueCount()).isEqualTo(sizes.size());
    List<String> shown =
        retention.parts().values().stream().map(value -> Journey.written(value.value())).toList();
    assertThat(shown).hasSize(Math.min(sizes.size(), sample.query().cohorts().values().limit()));
    assertThat(shown.stream().map(sizes::get)).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    for (int value = 0; value < shown.size(); value++) {
      String text = shown.get(value);
      same(
          sample,
          retention.parts().values().get(value).part(),
          members.stream().filter(member -> member.value().equals(text)).toList(),
          ValueChoice.one(text));
    }
    List<Member> rest = members.stream().filter(member -> !shown.contains(member.value())).toList();
    assertThat(retention.parts().others() == null).isEqualTo(rest.isEmpty());
    if (retention.parts().others() != null) {
      same(sample, retention.parts().others(), rest, ValueChoice.OTHER);
    }
  }

  private static void same(
      Case sample, Retention.Part part, List<Member> members, ValueChoice value) {
    Map<Integer, List<Member>> cohorts =
        members.stream()
            .collect(Collectors.groupingBy(Member::cohort, TreeMap::new, Collectors.toList()));
    assertThat(part.cohorts()).hasSize(cohorts.size());
    int row = 0;
    for (Map.Entry<Integer, List<Member>> entry : cohorts.entrySet()) {
      Retention.Cohort cohort = part.cohorts().get(row++);
      assertThat(cohort.users()).isEqualTo(entry.getValue().size());
      sameUsers(
          sample, new RetentionCell(entry.getKey(), 0, false, value), entry.getValue(), _ -> true);
      for (int column = 0; column < sample.query().columns().size(); column++) {
        int at = column;
        Predicate<Member> in = member -> in(sample.query(), member, at);
        List<Member> inside = entry.getValue().stream().filter(in).toList();
        Retention.Cell cell = cohort.cells().get(column);
        assertThat(cell.users()).isEqualTo(inside.size());
        assertThat(cell.rate()).isEqualTo((double) inside.size() / cohort.users());
        if (sample.query().cohorts().amount() != null) {
          List<BigDecimal> amounts = amounts(sample.query(), inside, column);
          assertThat(cell.amount().values()).isEqualTo(amounts.size());
          assertThat(cell.amount().sum())
              .isEqualByComparingTo(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        if (column == 0) {
          sameUsers(
              sample, new RetentionCell(entry.getKey(), 1, false, value), entry.getValue(), in);
          sameUsers(
              sample,
              new RetentionCell(entry.getKey(), 1, true, value),
              entry.getValue(),
              in.negate());
        }
      }
    }
  }

  private static void sameUsers(
      Case sample, RetentionCell cell, List<Member> cohort, Predicate<Member> in) {
    assertThat(retentions.users(bank.project(), sample.query(), cell, NOW))
        .containsExactly(cohort.stream().filter(in).mapToLong(Member::user).sorted().toArray());
  }

  private static boolean in(RetentionQuery query, Member member, int column) {
    return IntStream.range(0, member.parts()).anyMatch(part -> holds(query, member, part, column));
  }

  private static boolean holds(RetentionQuery query, Member member, int part, int column) {
    Bracket bracket = query.columns().get(column);
    int horizon = query.cohorts().horizon();
    List<Integer> back =
        IntStream.rangeClosed(1, horizon)
            .filter(step -> member.events(part, step) >= query.least())
            .boxed()
            .toList();
    return switch (query.rule()) {
      case ON -> back.stream().anyMatch(step -> step >= bracket.first() && step <= bracket.last());
      case ON_OR_AFTER -> back.stream().anyMatch(step -> step >= bracket.first());
      case ON_OR_BEFORE -> back.stream().anyMatch(step -> step <= bracket.last());
      case STREAK -> back.stream().filter(step -> step <= bracket.last()).count() == bracket.last();
      case LAST_SEEN ->
          !back.isEmpty() && back.getLast() >= bracket.first() && back.getLast() <= bracket.last();
    };
  }

  private static List<BigDecimal> amounts(RetentionQuery query, List<Member> inside, int column) {
    Bracket bracket = query.columns().get(column);
    int first =
        switch (query.rule()) {
          case ON, ON_OR_AFTER, LAST_SEEN -> bracket.first();
          case ON_OR_BEFORE, STREAK -> 1;
        };
    int last = query.rule() == ReturnRule.ON_OR_AFTER ? query.cohorts().horizon() : bracket.last();
    return inside.stream()
        .flatMap(
            member ->
                IntStream.range(0, member.parts())
                    .filter(part -> holds(query, member, part, column))
                    .boxed()
                    .flatMap(part -> member.amounts(part, first, last).stream()))
        .toList();
  }
}
