package io.tenure.segment.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.attribution.Attributions;
import io.tenure.segment.domain.exposure.Exposures;
import io.tenure.segment.domain.form.FormLenses;
import io.tenure.segment.domain.interval.Intervals;
import io.tenure.segment.domain.path.Paths;
import io.tenure.segment.domain.session.SessionModel;
import io.tenure.segment.store.ClickHouseJourneys;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Models that fold events, from the contract's messages and back, on stored events. */
final class FoldedDoorsTest {

  private static final Instant NOW = Instant.parse("2026-04-03T12:00:00Z");
  private static final Scope SCOPE =
      new Scope(
          new TimeRange(
              Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-03T00:00:00Z")),
          ZoneId.of("UTC"),
          null);

  private static Bank bank;
  private static ClickHouseJourneys journeys;

  @BeforeAll
  static void fill() {
    bank = Bank.open("doors");
    journeys = new ClickHouseJourneys(bank.scans(), bank.conditions());
    bank.event(1, "Open", "2026-03-02T10:00:00Z", "page", "/a", "channel", "ad")
        .event(1, "Buy", "2026-03-02T10:01:00Z", "amount", "12.50")
        .event(2, "Open", "2026-03-02T10:00:00Z", "page", "/a/", "channel", "ad")
        .event(
            3,
            "form_question",
            "2026-03-02T10:00:00Z",
            "form_id",
            "f",
            "question_id",
            "q",
            "action",
            "focus")
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void aJourneyMapGoesThroughItsDoor() {
    PathDoor door = new PathDoor(new Paths(journeys));
    AnalysisQuery query =
        query(
            """
            {path: {start: {name: "Open"}, hidden: [{name: "form_question"}], sessions: {idle: "600s"}, steps: 3,
              top: 2, property: "page", trimValues: true, groups: [{name: "Sale", events: ["B*"]}]}}
            """);
    AnalysisResult result = run(door, query);
    assertThat(result.getPath().getAnchored().getUsers()).isEqualTo(2);
    assertThat(result.getPath().getNodes(0).getNode().getValue()).isEqualTo("/a");
    assertThat(result.getPath().getNodes(0).getChurnRate()).isEqualTo(0.5);
    assertThat(result.getPath().getNodes(0).getMedianDwell().getSeconds()).isEqualTo(60);
    assertThat(result.getPath().getEdges(0).getTo().getName()).isEqualTo("Sale");
    assertThat(
            users(door, query, "{path: {lost: {step: 0, node: {name: \"Open\", value: \"/a\"}}}}"))
        .containsExactly(2);
    assertThat(
            users(
                door,
                query,
                """
                {path: {between: {step: 0, from: {name: "Open", value: "/a"}, to: {name: "Sale"}}}}
                """))
        .containsExactly(1);
    assertThat(users(door, query, "{path: {at: {step: 1, node: {other: true}}}}")).isEmpty();
    assertThat(users(door, query, "{path: {anchored: true}}")).containsExactly(1, 2);
    assertThat(users(door, query, "{path: {counted: true}}")).containsExactly(1, 2);
    refuses(door, "{path: {steps: 3}}", "query.path.start");
    refuses(door, "{path: {start: {name: \"a\"}, steps: 21}}", "query.path.steps");
    refuses(door, "{path: {start: {name: \"a\"}, window: \"0s\"}}", "query.path.window");
    refuses(
        door, "{path: {start: {name: \"a\"}, groups: [{name: \"g\"}]}}", "query.path.groups[0]");
    refuses(
        door,
        "{path: {start: {name: \"a\"}, sessions: {idle: \"90000s\"}}}",
        "query.path.sessions.idle");
  }

  @Test
  void anAttributionGoesThroughItsDoor() {
    AttributionDoor door = new AttributionDoor(new Attributions(journeys));
    AnalysisQuery query =
        query(
            """
            {attribution: {targets: [{name: "Buy"}], amountProperty: "amount", property: "channel",
              touches: [{name: "opened", selector: {name: "Open"}}], lookback: "86400s", firstPercent: 0}}
            """);
    AnalysisResult result = run(door, query);
    assertThat(result.getAttribution().getAmount()).isEqualTo("12.5");
    assertThat(result.getAttribution().getRows(0).getSource().getText()).isEqualTo("ad");
    assertThat(result.getAttribution().getRows(0).getCreditsList()).hasSize(6);
    assertThat(result.getAttribution().getRows(0).getCredits(4).getConversions()).isEqualTo("1");
    assertThat(
            users(
                door,
                query,
                """
                {attribution: {model: "ATTRIBUTION_MODEL_TIME_DECAY", source: {text: "ad"}}}
                """))
        .containsExactly(1);
    assertThat(
            users(
                door, query, "{attribution: {model: \"ATTRIBUTION_MODEL_LAST\", untouched: true}}"))
        .isEmpty();
    assertThat(users(door, query, "{attribution: {}}")).containsExactly(1);
    refuses(door, "{attribution: {}}", "query.attribution.touches");
    refuses(
        door, "{attribution: {firstPercent: 60, lastPercent: 50}}", "query.attribution.lookback");
  }

  @Test
  void anIntervalGoesThroughItsDoor() {
    IntervalDoor door = new IntervalDoor(new Intervals(journeys));
    AnalysisQuery query =
        query(
            """
            {interval: {start: {name: "Open"}, end: {name: "Buy"}, longest: "3600s", trendUnit: "TIME_UNIT_DAY"}}
            """);
    AnalysisResult result = run(door, query);
    assertThat(result.getInterval().getSpread().getMedian().getSeconds()).isEqualTo(60);
    assertThat(result.getInterval().getBars(0).getUsers()).isEqualTo(1);
    assertThat(result.getInterval().getPeriods(1).getStartDate()).isEqualTo("2026-03-02");
    assertThat(users(door, query, "{interval: {bar: 0}}")).containsExactly(1);
    assertThat(users(door, query, "{interval: {startDate: \"2026-03-02\"}}")).containsExactly(1);
    assertThat(users(door, query, "{interval: {startDate: \"2026-03-01\"}}")).isEmpty();
    refuses(door, "{interval: {start: {name: \"a\"}}}", "query.interval.end");
  }

  @Test
  void sessionsGoThroughTheirDoor() {
    SessionDoor door = new SessionDoor(new SessionModel(journeys));
    AnalysisQuery query =
        query("{session: {cut: {idle: \"60s\"}, property: \"channel\", unit: \"TIME_UNIT_DAY\"}}");
    AnalysisResult result = run(door, query);
    assertThat(result.getSession().getTotal().getSessions()).isEqualTo(3);
    assertThat(result.getSession().getTotal().getBounces()).isEqualTo(2);
    assertThat(result.getSession().getValues(0).getValue().getText()).isEqualTo("ad");
    assertThat(result.getSession().getDepths(1).getSessions()).isEqualTo(1);
    assertThat(result.getSession().getDurations(3).getSessions()).isEqualTo(1);
    assertThat(users(door, query, "{session: {bounced: true}}")).containsExactly(2, 3);
    assertThat(users(door, query, "{session: {value: {text: \"ad\"}}}")).containsExactly(1, 2);
    assertThat(users(door, query, "{session: {value: {}}}")).containsExactly(3);
    assertThat(users(door, query, "{session: {exit: {text: \"Buy\"}}}")).containsExactly(1);
    assertThat(users(door, query, "{session: {startDate: \"2026-03-02\"}}"))
        .containsExactly(1, 2, 3);
    assertThat(users(door, query, "{session: {depth: 1}}")).containsExactly(1);
  }

  @Test
  void aFormLensGoesThroughItsDoor() {
    FormDoor door = new FormDoor(new FormLenses(journeys));
    AnalysisQuery query = query("{form: {formId: \"f\"}}");
    AnalysisResult result = run(door, query);
    assertThat(result.getForm().getBegun().getTimes()).isEqualTo(1);
    assertThat(result.getForm().getQuestions(0).getQuestion().getText()).isEqualTo("q");
    assertThat(
            users(
                door,
                query,
                "{form: {figure: \"FORM_FIGURE_ABANDONED\", question: {text: \"q\"}}}"))
        .containsExactly(3);
    assertThat(run(door, query("{form: {formId: \"other\"}}")).getForm().getBegun().getTimes())
        .isZero();
    refuses(door, "{form: {}}", "query.form.form_id");
    refuses(door, "{form: {formId: \"f\", blurAction: \"focus\"}}", "query.form.focus_action");
  }

  @Test
  void exposureGoesThroughItsDoor() {
    ExposureDoor door = new ExposureDoor(new Exposures(journeys));
    AnalysisQuery query =
        query(
            """
            {exposure: {elements: {seen: {name: "Open"}, clicked: {name: "Buy"}, elementProperty: "page"}}}
            """);
    AnalysisResult result = run(door, query);
    assertThat(result.getExposure().getElements(0).getElement().getText()).isEqualTo("/a");
    assertThat(users(door, query, "{exposure: {element: {text: \"/a\"}}}")).containsExactly(1);
    assertThat(users(door, query, "{exposure: {element: {}, figure: \"EXPOSURE_FIGURE_CLICKED\"}}"))
        .containsExactly(1);
    AnalysisQuery pages =
        query(
            """
            {exposure: {pages: {view: {name: "Open"}, scroll: {name: "Buy"}, pageProperty: "page", depthProperty: "amount"}}}
            """);
    assertThat(run(door, pages).getExposure().getPagesCount()).isEqualTo(3);
    assertThat(users(door, pages, "{exposure: {page: {}, percent: 10}}")).containsExactly(1);
    refuses(door, "{exposure: {}}", "query.exposure.pages");
  }

  private static <Q extends Question, A extends Answer, C> AnalysisResult run(
      ModelDoor<Q, A, C> door, AnalysisQuery query) {
    assertThat(query.getModelCase()).isEqualTo(door.kind());
    AnalysisResult.Builder result = AnalysisResult.newBuilder();
    A answer = door.model().run(bank.project(), door.question(query, SCOPE), NOW);
    door.write(query, answer, result);
    assertThat(answer.table().columns()).isNotEmpty();
    assertThat(result.getModelCase().name()).isEqualTo(door.kind().name());
    return result.build();
  }

  private static <Q extends Question, A extends Answer, C> long[] users(
      ModelDoor<Q, A, C> door, AnalysisQuery query, String cell) {
    AnalysisCell.Builder named = AnalysisCell.newBuilder();
    merge(cell, named);
    Q question = door.question(query, SCOPE);
    return door.model().users(bank.project(), question, door.cell(named.build(), question), NOW);
  }

  private static void refuses(ModelDoor<?, ?, ?> door, String query, String field) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> door.question(query(query), SCOPE))
        .satisfies(
            failure ->
                assertThat(failure.violations())
                    .extracting(FieldViolation::field)
                    .containsExactly(field));
  }

  private static AnalysisQuery query(String json) {
    AnalysisQuery.Builder query = AnalysisQuery.newBuilder();
    merge(json, query);
    return query.build();
  }

  /** Keys are written without quotes above, to be read easily. */
  private static void merge(String json, com.google.protobuf.Message.Builder message) {
    try {
      JsonFormat.parser().merge(json.replaceAll("([{,]\\s*)(\\w+):", "$1\"$2\":"), message);
    } catch (InvalidProtocolBufferException invalid) {
      throw new IllegalArgumentException(invalid);
    }
  }
}
