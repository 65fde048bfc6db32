package io.tenure.profile.store;

import static io.tenure.profile.store.ComputedStores.NOW;
import static io.tenure.profile.store.ComputedStores.trait;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.Value;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.Calculation;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.Measure;
import io.tenure.profile.store.computed.ClickHouseMeasures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A property that gets columns of its own measures as it did in the map. */
final class HotPropertyMeasuresTest {

  private final ComputedStores stores = new ComputedStores();
  private final ClickHouse clickHouse = stores.stores.clickHouse;
  private final ProjectId project = ProfileStores.project();

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void answersTheSameBeforeWhileAndAfterPromotion() {
    insert(1);
    List<String> before = answers();
    assertThat(before).anySatisfy(answer -> assertThat(answer).contains("-4.5"));
    promote("if(mapContains(properties, 'amount'), properties['amount'], NULL)");
    assertThat(answers()).as("in parts without the column").isEqualTo(before);

    insert(2);
    List<String> grown = answers();
    assertThat(grown).isNotEqualTo(before);
    demote();
    assertThat(answers()).as("in the map").isEqualTo(grown);

    promote("if(mapContains(properties, 'amount'), properties['amount'], NULL)");
    assertThat(answers()).as("in parts with and without it").isEqualTo(grown);
    clickHouse.execute(
        "ALTER TABLE events MATERIALIZE COLUMN p_1, MATERIALIZE COLUMN n_1 SETTINGS mutations_sync"
            + " = 2",
        Map.of());
    assertThat(answers()).as("when it is stored").isEqualTo(grown);
  }

  @Test
  void readsTheColumnAndNotTheMap() {
    insert(1);
    promote("'7'");
    assertThat(answer(trait("first", "Buy", Calculation.FIRST, "amount")))
        .isNotEmpty()
        .allSatisfy(answer -> assertThat(answer).endsWith(" 7"));
    assertThat(answer(trait("total", "Buy", Calculation.SUM, "amount")))
        .contains("3 7")
        .doesNotContain("1 5.75");
  }

  private List<String> answers() {
    List<String> answers = new ArrayList<>();
    for (Calculation calculation :
        List.of(
            Calculation.SUM,
            Calculation.FIRST,
            Calculation.LAST,
            Calculation.MOST_FREQUENT,
            Calculation.TREND)) {
      answers.addAll(answer(trait("t", "Buy", calculation, "amount")));
    }
    answers.addAll(answer(large()));
    return answers;
  }

  private static ComputedTrait large() {
    ComputedTrait all = trait("large", "Buy", Calculation.COUNT, "");
    Comparison above =
        new Comparison(Operator.GREATER, List.of(new Value.Decimal(new BigDecimal("0.5"))));
    return new ComputedTrait(
        all.id(),
        "",
        "",
        new EventSelector("Buy", List.of(new PropertyFilter("amount", above))),
        all.calculation(),
        "",
        0,
        0,
        0,
        all.zone(),
        all.days(),
        all.interval(),
        false,
        false,
        List.of());
  }

  private List<String> answer(ComputedTrait trait) {
    List<String> lines = new ArrayList<>();
    new ClickHouseMeasures(clickHouse, new ColumnRegistry(clickHouse, stores.clock()))
        .measure(
            project, trait, NOW, 0, 100, (user, measure) -> lines.add(user + " " + text(measure)));
    return lines.stream().sorted().toList();
  }

  private static String text(Measure measure) {
    return switch (measure) {
      case Measure.Single single -> single.text();
      case Measure.Series series -> Arrays.toString(series.times()) + series.amounts();
    };
  }

  /** Numbers, text, an empty value, and an event without the property. */
  private void insert(int day) {
    int time = 0;
    for (String amount : List.of("10.25", "-4.5", "many", "")) {
      stores.event(
          project, 1, "Buy", NOW.minus(Duration.ofDays(day)).plusSeconds(time++), "amount", amount);
    }
    stores.event(project, 2, "Buy", NOW.minus(Duration.ofDays(day)), "amount", "0.1");
    stores.event(project, 3, "Buy", NOW.minus(Duration.ofDays(day)), "other", "1");
    stores.insert();
  }

  /** What the collector does, in its own words. */
  private void promote(String value) {
    clickHouse.execute(
        "ALTER TABLE events ADD COLUMN IF NOT EXISTS p_1 Nullable(String) MATERIALIZED "
            + value
            + ", ADD COLUMN IF NOT EXISTS n_1 Nullable(Decimal(76, 38)) MATERIALIZED"
            + " toDecimal256OrNull(ifNull("
            + value
            + ", ''), 38)",
        Map.of());
    show("*, p_1, n_1, user_number AS stored_user_number");
    clickHouse.execute(
        "CREATE OR REPLACE VIEW property_columns_v1 AS SELECT 'amount' AS property, 'p_1' AS"
            + " text_column, 'n_1' AS number_column",
        Map.of());
  }

  private void demote() {
    show("*, user_number AS stored_user_number");
    clickHouse.execute("ALTER TABLE events DROP COLUMN p_1, DROP COLUMN n_1", Map.of());
  }

  private void show(String columns) {
    clickHouse.execute(
        "CREATE OR REPLACE VIEW events_v1 AS SELECT " + columns + " FROM events", Map.of());
    clickHouse.execute(
        "CREATE OR REPLACE VIEW events_final_v1 AS SELECT " + columns + " FROM events FINAL",
        Map.of());
  }
}
