package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.SegmentDecoder;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.C3Screen;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.IntakeMetrics;
import io.tenure.collector.domain.intake.IntakeObserver;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.plan.DataClass;
import io.tenure.collector.domain.plan.Mode;
import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.PlanRule;
import io.tenure.collector.domain.plan.PlannedEvent;
import io.tenure.collector.domain.plan.PlannedItem;
import io.tenure.collector.domain.plan.PlannedProperty;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.TrackingPlan;
import io.tenure.collector.domain.plan.TypeRule;
import io.tenure.collector.store.DefinitionTrackingPlans;
import io.tenure.collector.store.catalogue.RocksCatalogue;
import io.tenure.collector.store.catalogue.TypeArbiter;
import io.tenure.collector.store.log.MemoryEventLog;
import io.tenure.platform.definition.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tracking plan and the learned types let in. */
final class PlanStepsTest {

  private static final TrackingPlan PLAN =
      new TrackingPlan(
          Mode.ENFORCE,
          List.of(
              new PlannedEvent(
                  "Buy",
                  "",
                  List.of(
                      property("fund", PropertyType.TEXT, true),
                      property("amount", PropertyType.NUMBER, false),
                      property("due", PropertyType.DATETIME, false),
                      secret("mother")))),
          List.of(property("city", PropertyType.TEXT, false)),
          List.of(
              new PlannedItem(
                  "fund",
                  "",
                  List.of(
                      property("value", PropertyType.NUMBER, true),
                      property("issued", PropertyType.DATETIME, false),
                      secret("pin")))));

  @TempDir private Path directory;
  private RocksCatalogue catalogue;
  private PlanIndex plan = PlanIndex.NONE;
  private int records;

  @BeforeEach
  void open() {
    catalogue =
        new RocksCatalogue(directory, new RocksCatalogue.Room(3, 4, 2, 2), TypeArbiter.ALONE);
  }

  @AfterEach
  void close() {
    catalogue.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1        | 2.5                | accepted",
        "1        | 9007199254740993   | accepted",
        "1        | null               | accepted",
        "1        | \"1\"              | TYPE_CONFLICT",
        "1        | true               | TYPE_CONFLICT",
        "\"a\"    | \"2026-06-01\"     | accepted",
        "\"a\"    | 1                  | TYPE_CONFLICT",
        "true     | \"true\"           | TYPE_CONFLICT",
        "[\"a\"]  | [1]                | accepted",
        "[\"a\"]  | \"a\"              | TYPE_CONFLICT",
        "{\"a\":1}| {}                 | accepted",
        "{\"a\":1}| []                 | TYPE_CONFLICT",
        "null     | 1                  | accepted"
      })
  void holdsPropertiesToTheirFirstType(String first, String second, String verdict) {
    assertThat(track("A", "{\"p\":" + first + "}")).isEqualTo("accepted");

    assertThat(track("B", "{\"p\":" + second + "}")).isEqualTo(verdict);
  }

  @Test
  void holdsTraitsApartFromProperties() {
    assertThat(track("A", "{\"p\":1}")).isEqualTo("accepted");
    assertThat(identify("{\"p\":\"text\"}")).isEqualTo("accepted");
    assertThat(identify("{\"p\":1}")).isEqualTo("TYPE_CONFLICT");
  }

  @Test
  void takesTheTypeFromTheOperation() {
    assertThat(profile("profile_increment", "{\"n\":1}")).isEqualTo("accepted");
    assertThat(profile("profile_set", "{\"n\":\"1\"}")).isEqualTo("TYPE_CONFLICT");
    assertThat(profile("profile_append", "{\"l\":[\"a\"]}")).isEqualTo("accepted");
    assertThat(profile("profile_set", "{\"l\":\"a\"}")).isEqualTo("TYPE_CONFLICT");
    assertThat(profile("profile_unset", "{\"l\":true}")).isEqualTo("accepted");
  }

  @Test
  void learnsNothingFromWhatIsKeptAside() {
    track("A", "{\"p\":1}");
    assertThat(track("B", "{\"q\":1,\"p\":\"x\"}")).isEqualTo("TYPE_CONFLICT");

    assertThat(track("B", "{\"q\":\"text\"}")).isEqualTo("accepted");
  }

  @Test
  void learnsNothingFromAnExplanation() {
    assertThat(text(intake().explain(segment("A", "{\"p\":1}")))).isEqualTo("accepted");
    assertThat(track("A", "{\"p\":\"x\"}")).isEqualTo("accepted");
    assertThat(text(intake().explain(segment("A", "{\"p\":1}")))).isEqualTo("TYPE_CONFLICT");
  }

  @Test
  void endsLearningWhereTheRoomEnds() {
    assertThat(track("A", "{\"a\":1,\"b\":1,\"c\":1,\"d\":1}")).isEqualTo("accepted");
    assertThat(track("A", "{\"a\":1,\"e\":1}")).isEqualTo("CATALOGUE_FULL");
    assertThat(track("A", "{\"a\":1,\"$screen_width\":1}")).isEqualTo("accepted");
    assertThat(track("B", "{}")).isEqualTo("accepted");
    assertThat(track("C", "{}")).isEqualTo("accepted");
    assertThat(track("D", "{}")).isEqualTo("CATALOGUE_FULL");
    assertThat(track("$pageview", "{}")).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Buy       | {\"fund\":\"1\",\"amount\":1.5}                    | accepted",
        "Buy       | {\"fund\":\"1\",\"$os\":\"iOS\",\"$new\":1}        | accepted",
        "Buy       | {\"fund\":\"1\",\"due\":\"2026-06-01 08:00:00.5\"} | accepted",
        "Buy       | {\"fund\":\"1\",\"due\":\"2026-06-01\"}            | accepted",
        "Buy       | {\"fund\":\"1\",\"due\":\"2026-06-01T08:00:00Z\"}  | accepted",
        "Buy       | {\"fund\":\"1\",\"due\":\"soon\"}                  | TYPE_CONFLICT",
        "Buy       | {\"fund\":\"1\",\"due\":5}                         | TYPE_CONFLICT",
        "Buy       | {\"fund\":1}                                       | TYPE_CONFLICT",
        "Buy       | {\"amount\":1}                                     | REQUIRED_MISSING",
        "Buy       | {\"fund\":null}                                    | REQUIRED_MISSING",
        "Buy       | {\"fund\":\"1\",\"other\":1}                       | UNPLANNED_PROPERTY",
        "Sell      | {}                                                 | UNPLANNED_EVENT",
        "$pageview | {\"$title\":\"x\"}                                 | accepted",
        "$pageview | {\"$screen_width\":\"wide\"}                       | TYPE_CONFLICT",
        "$pageview | {\"fund\":\"1\"}                                   | UNPLANNED_PROPERTY",
        "Buy       | {\"fund\":\"1\",\"mother\":\"Li\"}                 | C3_DATA"
      })
  void enforcesAPlan(String event, String properties, String verdict) {
    plan = new PlanIndex(PLAN);

    assertThat(track(event, properties)).isEqualTo(verdict);
  }

  @Test
  void enforcesPlannedTraits() {
    plan = new PlanIndex(PLAN);

    assertThat(identify("{\"city\":\"Brno\"}")).isEqualTo("accepted");
    assertThat(identify("{\"city\":5}")).isEqualTo("TYPE_CONFLICT");
    assertThat(identify("{\"age\":5}")).isEqualTo("UNPLANNED_PROPERTY");
    assertThat(profile("profile_unset", "{\"age\":true}")).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "item_set    | fund | {\"value\":1.5,\"issued\":\"2026-06-01\"} | accepted",
        "item_set    | fund | {\"value\":\"1.5\"}                       | TYPE_CONFLICT",
        "item_set    | fund | {\"value\":1,\"issued\":\"soon\"}         | TYPE_CONFLICT",
        "item_set    | fund | {\"issued\":\"2026-06-01\"}               | REQUIRED_MISSING",
        "item_set    | fund | {\"value\":1,\"name\":\"x\"}              | UNPLANNED_PROPERTY",
        "item_set    | fund | {\"value\":1,\"pin\":\"x\"}               | C3_DATA",
        "item_set    | card | {}                                      | UNPLANNED_ITEM",
        "item_delete | card | {}                                      | accepted",
        "detail_set  | card | {\"x\":1}                               | accepted"
      })
  void enforcesPlannedItems(String type, String item, String properties, String verdict) {
    plan = new PlanIndex(PLAN);

    assertThat(item(type, item, properties)).isEqualTo(verdict);
  }

  @Test
  void holdsItemsToTheFirstTypeOfTheirSort() {
    assertThat(item("item_set", "fund", "{\"p\":1}")).isEqualTo("accepted");
    assertThat(item("item_set", "fund", "{\"p\":\"x\"}")).isEqualTo("TYPE_CONFLICT");
    assertThat(item("item_set", "card", "{\"p\":\"x\"}")).isEqualTo("accepted");
    assertThat(track("A", "{\"p\":true}")).isEqualTo("accepted");
    assertThat(item("detail_set", "fund", "{\"p\":[1]}")).isEqualTo("CATALOGUE_FULL");
    assertThat(item("item_delete", "fund", "{}")).isEqualTo("accepted");
  }

  @Test
  void readsPlansSavedBeforeItemsCouldBePlanned() {
    Revision saved =
        new Revision(
            "plan", 1, "{\"mode\":\"ENFORCE\",\"events\":[],\"traits\":[]}", "ann", NOON, NOON);

    assertThat(DefinitionTrackingPlans.read(saved).plan())
        .isEqualTo(new TrackingPlan(Mode.ENFORCE, List.of(), List.of()));
  }

  @Test
  void onlyObservesByDefaultButRefusesWhatIsPlannedAsSecret() {
    plan = new PlanIndex(new TrackingPlan(Mode.OBSERVE, PLAN.events(), PLAN.traits()));

    assertThat(track("Sell", "{\"x\":1}")).isEqualTo("accepted");
    assertThat(track("Buy", "{\"amount\":\"1\"}")).isEqualTo("TYPE_CONFLICT");
    assertThat(track("Buy", "{\"mother\":\"Li\"}")).isEqualTo("C3_DATA");
  }

  @Test
  void letsThePlanOverruleWhatWasLearned() {
    assertThat(track("Buy", "{\"amount\":\"1\"}")).isEqualTo("accepted");
    plan = new PlanIndex(new TrackingPlan(Mode.OBSERVE, PLAN.events(), PLAN.traits()));
    assertThat(track("Buy", "{\"amount\":1}")).isEqualTo("accepted");
    plan = PlanIndex.NONE;

    assertThat(track("Buy", "{\"amount\":2}")).isEqualTo("accepted");
    assertThat(track("Buy", "{\"amount\":\"1\"}")).isEqualTo("TYPE_CONFLICT");
  }

  @Test
  void holdsTraitsOfGroupsToTheirFirstType() {
    String call =
        "{\"batch\":[{\"type\":\"group\",\"userId\":\"u\",\"messageId\":\"g%d\",\"groupId\":\"b\",\"traits\":{\"staff\":%s}}]}";

    assertThat(intake().takeEach(BANK, decoded(call.formatted(1, "12"))))
        .hasSize(2)
        .allMatch(Outcome.Accepted.class::isInstance);
    List<Outcome> second = intake().takeEach(BANK, decoded(call.formatted(2, "\"12\"")));
    assertThat(second.getFirst()).isInstanceOf(Outcome.Accepted.class);
    assertThat(text(second.subList(1, 2))).isEqualTo("TYPE_CONFLICT");
  }

  /** Both ways an exposure comes must agree on what its properties are. */
  @Test
  void plansExposuresHoweverTheyCome() {
    catalogue.close();
    catalogue =
        new RocksCatalogue(
            directory.resolve("large"), new RocksCatalogue.Room(3, 20, 2, 2), TypeArbiter.ALONE);
    plan = new PlanIndex(PLAN);

    assertThat(trigger("{\"$abtest_experiment_id\":\"t#1\",\"$abtest_experiment_group_id\":\"a\"}"))
        .isEqualTo("accepted");
    assertThat(
            track(
                "experiment_exposure",
                "{\"experiment\":\"t\",\"phase\":1,\"variant\":\"a\",\"flag\":\"f\",\"unit_type\":\"user\",\"unit\":\"u\"}"))
        .isEqualTo("accepted");
    assertThat(track("experiment_exposure", "{\"phase\":\"1\"}")).isEqualTo("TYPE_CONFLICT");
    assertThat(track("Buy", "{\"fund\":\"F\",\"phase\":1}")).isEqualTo("UNPLANNED_PROPERTY");
  }

  private String trigger(String properties) {
    return sensors(
        "{\"type\":\"track\",\"event\":\"$ABTestTrigger\",\"distinct_id\":\"d\",\"_track_id\":%d,\"time\":%d,\"properties\":%s}"
            .formatted(records++, NOON.toEpochMilli(), properties));
  }

  private String track(String event, String properties) {
    return text(intake().takeEach(BANK, segment(event, properties)));
  }

  private List<Draft> segment(String event, String properties) {
    return decoded(
        "{\"batch\":[{\"type\":\"track\",\"userId\":\"u\",\"messageId\":\"m%d\",\"event\":\"%s\",\"properties\":%s}]}"
            .formatted(records++, event, properties));
  }

  private String identify(String traits) {
    return text(
        intake()
            .takeEach(
                BANK,
                decoded(
                    "{\"batch\":[{\"type\":\"identify\",\"userId\":\"u\",\"messageId\":\"m%d\",\"traits\":%s}]}"
                        .formatted(records++, traits))));
  }

  private static List<Draft> decoded(String body) {
    return new SegmentDecoder(new Arrival(BANK, NOON)).batch(body.getBytes(UTF_8));
  }

  private String item(String type, String item, String properties) {
    return sensors(
        "{\"type\":\"%s\",\"item_type\":\"%s\",\"item_id\":\"i\",\"_track_id\":%d,\"time\":%d,\"properties\":%s}"
            .formatted(type, item, records++, NOON.toEpochMilli(), properties));
  }

  private String profile(String type, String properties) {
    return sensors(
        "{\"type\":\"%s\",\"distinct_id\":\"d\",\"_track_id\":%d,\"time\":%d,\"properties\":%s}"
            .formatted(type, records++, NOON.toEpochMilli(), properties));
  }

  private String sensors(String record) {
    String data = Base64.getEncoder().encodeToString(record.getBytes(UTF_8));
    try {
      return text(
          intake()
              .takeEach(
                  BANK,
                  new SensorsDecoder(new Arrival(BANK, NOON))
                      .decode(Map.of("data", data), packed -> packed)));
    } catch (IOException exception) {
      throw new AssertionError(exception);
    }
  }

  private static String text(List<Outcome> outcomes) {
    return switch (outcomes.getFirst()) {
      case Outcome.Accepted accepted -> "accepted";
      case Outcome.Duplicate duplicate -> "duplicate";
      case Outcome.Quarantined quarantined -> quarantined.reason().name();
      case Outcome.Refused refused -> refused.reason().name();
    };
  }

  private Intake intake() {
    IntakeMetrics metrics = receipt -> {};
    return new Intake(
        new C3Screen(project -> plan.secretNames()),
        new Shape(Limits.DEFAULT),
        List.of(new PlanRule(project -> plan), new TypeRule(project -> plan, catalogue)),
        new MemoryEventLog(Clock.fixed(NOON, ZoneOffset.UTC), Duration.ofDays(7)),
        metrics,
        IntakeObserver.NOBODY);
  }

  private static PlannedProperty property(String name, PropertyType type, boolean required) {
    return new PlannedProperty(name, type, DataClass.C1, Set.of(), required, "");
  }

  private static PlannedProperty secret(String name) {
    return new PlannedProperty(name, PropertyType.TEXT, DataClass.C3, Set.of(), false, "");
  }
}
