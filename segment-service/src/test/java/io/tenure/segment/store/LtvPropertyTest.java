package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Property;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.ltv.Ltv;
import io.tenure.segment.domain.ltv.LtvCell;
import io.tenure.segment.domain.ltv.LtvQuery;
import io.tenure.segment.domain.ltv.Ltvs;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lifetime values as stored events give them, against what they mean. */
final class LtvPropertyTest {

  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");

  private static Bank bank;
  private static Ltvs ltvs;
  private static int cases;

  @BeforeAll
  static void open() {
    bank = Bank.open("ltv_property");
    ltvs = new Ltvs(bank.journeys());
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void everyNumberIsWhatItMeansAndOpensItsUsers() {
    Property.forAll(60, LtvPropertyTest::random, LtvPropertyTest::check);
  }

  private static CohortCase random(RandomGenerator random) {
    CohortCase made = CohortCase.random(random, "l" + ++cases, true);
    CohortQuery query = made.query();
    return new CohortCase(
        made.history(),
        new CohortQuery(
            query.scope(),
            query.start(),
            query.follow(),
            query.unit(),
            query.horizon(),
            query.cohorting(),
            query.rolling(),
            "amount",
            null,
            query.values(),
            true));
  }

  private static void check(CohortCase sample) {
    sample.store(bank, cases);
    List<Member> members = NaiveCohorts.members(sample);
    Ltv ltv = ltvs.run(bank.project(), new LtvQuery(sample.query()), NOW);
    same(sample, ltv.parts().all(), members, ValueChoice.ALL);
    List<String> shown =
        ltv.parts().values().stream().map(value -> Journey.written(value.value())).toList();
    for (int value = 0; value < shown.size(); value++) {
      String text = shown.get(value);
      same(
          sample,
          ltv.parts().values().get(value).part(),
          members.stream().filter(member -> member.value().equals(text)).toList(),
          ValueChoice.one(text));
    }
    if (ltv.parts().others() != null) {
      same(
          sample,
          ltv.parts().others(),
          members.stream().filter(member -> !shown.contains(member.value())).toList(),
          ValueChoice.OTHER);
    }
  }

  private static void same(
      CohortCase sample, Ltv.Part part, List<Member> members, ValueChoice value) {
    Map<Integer, List<Member>> cohorts =
        members.stream()
            .collect(Collectors.groupingBy(Member::cohort, TreeMap::new, Collectors.toList()));
    assertThat(part.cohorts()).hasSize(cohorts.size());
    int row = 0;
    for (Map.Entry<Integer, List<Member>> entry : cohorts.entrySet()) {
      Ltv.Cohort cohort = part.cohorts().get(row++);
      assertThat(cohort.users()).isEqualTo(entry.getValue().size());
      for (int step = 0; step <= sample.query().horizon(); step++) {
        int until = step;
        Ltv.Count count = cohort.counts().get(step);
        List<BigDecimal> amounts =
            entry.getValue().stream().flatMap(m -> m.amounts(0, 0, until).stream()).toList();
        assertThat(count.amount().sum())
            .isEqualByComparingTo(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        Predicate<Member> paid = member -> !member.amounts(0, 0, until).isEmpty();
        assertThat(count.payers()).isEqualTo(entry.getValue().stream().filter(paid).count());
        assertThat(users(sample, new LtvCell(entry.getKey(), until, value)))
            .containsExactly(numbers(entry.getValue(), paid));
      }
      assertThat(users(sample, new LtvCell(entry.getKey(), LtvCell.COHORT, value)))
          .containsExactly(numbers(entry.getValue(), _ -> true));
    }
  }

  private static long[] users(CohortCase sample, LtvCell cell) {
    return ltvs.users(bank.project(), new LtvQuery(sample.query()), cell, NOW);
  }

  private static long[] numbers(List<Member> members, Predicate<Member> wanted) {
    return members.stream().filter(wanted).mapToLong(Member::user).sorted().toArray();
  }
}
