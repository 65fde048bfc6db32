package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.exposure.Exposure;
import io.tenure.segment.domain.exposure.ExposureCell;
import io.tenure.segment.domain.exposure.ExposureQuery;
import io.tenure.segment.domain.exposure.Exposures;
import io.tenure.segment.domain.form.FormCell;
import io.tenure.segment.domain.form.FormLens;
import io.tenure.segment.domain.form.FormLenses;
import io.tenure.segment.domain.form.FormQuery;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.tally.Spread;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms and exposure from stored events to numbers, each worked out by hand. */
final class FormsAndExposureTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:10:00Z");

  private static Bank bank;
  private static FormLenses forms;
  private static Exposures exposures;
  private static long key = 100;

  @BeforeAll
  static void fill() {
    bank = Bank.open("forms");
    ClickHouseJourneys journeys = new ClickHouseJourneys(bank.scans(), bank.conditions());
    forms = new FormLenses(journeys);
    exposures = new Exposures(journeys);
    // 1 fills in all, corrects the income and goes back to the name. 2 stops at the income. 3 is
    // still at it. 4 fills in another form.
    question(1, "10:00:00", "loan", "name", "focus");
    question(1, "10:00:05", "loan", "name", "change");
    question(1, "10:00:06", "loan", "name", "blur");
    question(1, "10:00:10", "loan", "income", "focus");
    question(1, "10:00:20", "loan", "income", "change");
    question(1, "10:00:40", "loan", "income", "change");
    question(1, "10:00:50", "loan", "name", "focus");
    bank.event(1, "form_submit", "2026-03-02T10:01:00Z", "form_id", "loan");
    question(2, "10:00:00", "loan", "name", "change");
    question(2, "10:00:02", "loan", "income", "focus");
    key--;
    question(2, "10:00:02", "loan", "income", "focus");
    question(2, "10:00:30", "loan", "terms", "show");
    question(3, "12:00:00", "loan", "name", "focus");
    question(4, "10:00:00", "card", "name", "focus");
    bank.event(5, "form_submit", "2026-03-02T10:01:00Z", "form_id", "loan")
        .event(1, "view", "2026-03-02T11:00:00Z", "page", "/a")
        .event(1, "scroll", "2026-03-02T11:00:20Z", "page", "/a", "depth", "45.5")
        .event(1, "scroll", "2026-03-02T11:00:30Z", "page", "/a", "depth", "20")
        .event(1, "view", "2026-03-02T11:01:00Z", "page", "/b")
        .event(1, "view", "2026-03-02T11:50:00Z", "page", "/a")
        .event(2, "view", "2026-03-02T11:00:00Z", "page", "/a")
        .event(2, "scroll", "2026-03-02T11:00:10Z", "page", "/a", "depth", "100")
        .event(2, "scroll", "2026-03-02T11:00:11Z", "depth", "deep")
        .event(1, "seen", "2026-03-02T11:00:00Z", "element", "banner")
        .event(1, "seen", "2026-03-02T11:00:05Z", "element", "banner")
        .event(801, 2, "clicked", "2026-03-02T11:00:00Z", "element", "banner")
        .event(802, 2, "seen", "2026-03-02T11:00:00Z", "element", "banner")
        .event(3, "clicked", "2026-03-02T11:00:00Z", "element", "banner")
        .event(3, "seen", "2026-03-02T11:00:01Z", "element", "")
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void tellsQuestionByQuestionHowAFormIsFilledIn() {
    FormLens lens = forms.run(bank.project(), form(), NOW);
    assertThat(lens.begun()).isEqualTo(new FormLens.Count(3, 3));
    assertThat(lens.submitted()).isEqualTo(new FormLens.Count(1, 1));
    assertThat(lens.abandoned()).isEqualTo(new FormLens.Count(1, 1));
    assertThat(lens.open()).isEqualTo(new FormLens.Count(1, 1));
    assertThat(lens.submitTime()).extracting(Spread::median).isEqualTo(Duration.ofMinutes(1));
    assertThat(lens.questions())
        .extracting(
            it ->
                "%s shown %d started %d answered %d edits %d returns %d lost %d"
                    .formatted(
                        it.label().text(),
                        it.shown().times(),
                        it.started().times(),
                        it.answered().times(),
                        it.edits().times(),
                        it.returns().times(),
                        it.abandoned().times()))
        .containsExactly(
            "name shown 3 started 3 answered 2 edits 0 returns 1 lost 0",
            "income shown 2 started 2 answered 1 edits 1 returns 0 lost 1",
            "terms shown 1 started 0 answered 0 edits 0 returns 0 lost 0");
    // Name: 6 + 10, 2, 0 seconds. Income: 40 and 28.
    assertThat(lens.questions().getFirst().time())
        .extracting(Spread::most)
        .isEqualTo(Duration.ofSeconds(16));
    assertThat(lens.questions().get(1).time())
        .extracting(Spread::median)
        .isEqualTo(Duration.ofSeconds(34));
    assertThat(lens.questions().get(1).abandonRate()).isEqualTo(0.5);
  }

  @Test
  void listsTheUsersBehindEveryNumberOfAForm() {
    FormLens lens = forms.run(bank.project(), form(), NOW);
    requireUsers(new FormCell(FormCell.Figure.STARTED, null), lens.begun());
    requireUsers(new FormCell(FormCell.Figure.SUBMITTED, null), lens.submitted());
    requireUsers(new FormCell(FormCell.Figure.ABANDONED, null), lens.abandoned());
    requireUsers(new FormCell(FormCell.Figure.OPEN, null), lens.open());
    for (FormLens.Question question : lens.questions()) {
      requireUsers(new FormCell(FormCell.Figure.SHOWN, question.label()), question.shown());
      requireUsers(new FormCell(FormCell.Figure.STARTED, question.label()), question.started());
      requireUsers(new FormCell(FormCell.Figure.ANSWERED, question.label()), question.answered());
      requireUsers(new FormCell(FormCell.Figure.EDITED, question.label()), question.edits());
      requireUsers(new FormCell(FormCell.Figure.RETURNED, question.label()), question.returns());
      requireUsers(new FormCell(FormCell.Figure.ABANDONED, question.label()), question.abandoned());
    }
  }

  @Test
  void tellsHowFarPagesAreScrolledAndWhichElementsAreClicked() {
    Exposure found = exposures.run(bank.project(), exposure(), NOW);
    assertThat(found.pages())
        .extracting(page -> page.label().text() + " " + page.views().times() + page.medianDwell())
        .containsExactly("/a 3PT11S", "/b 1PT0S", "null 1PT0S");
    assertThat(found.pages().getFirst().reached())
        .extracting(Exposure.Count::times)
        .containsExactly(2L, 2L, 2L, 2L, 1L, 1L, 1L, 1L, 1L, 1L);
    assertThat(found.elements())
        .extracting(
            it ->
                "%s %d/%d clicked %d/%d after %d/%d"
                    .formatted(
                        it.label().text(),
                        it.seen().times(),
                        it.seen().users(),
                        it.clicked().times(),
                        it.clicked().users(),
                        it.clickedWhenSeen().times(),
                        it.clickedWhenSeen().users()))
        .containsExactly("banner 3/2 clicked 2/2 after 1/1", " 1/1 clicked 0/0 after 0/0");
    assertThat(found.elements().getFirst().userClickRate()).isEqualTo(0.5);
    for (Exposure.Page page : found.pages()) {
      requireUsers(new ExposureCell.Page(page.label(), 0), page.views());
      for (int tenths = 1; tenths <= 10; tenths++) {
        requireUsers(new ExposureCell.Page(page.label(), tenths), page.reached().get(tenths - 1));
      }
    }
    for (Exposure.Element element : found.elements()) {
      requireUsers(
          new ExposureCell.Element(element.label(), ExposureCell.Figure.SEEN), element.seen());
      requireUsers(
          new ExposureCell.Element(element.label(), ExposureCell.Figure.CLICKED_WHEN_SEEN),
          element.clickedWhenSeen());
    }
  }

  private static void requireUsers(FormCell cell, FormLens.Count count) {
    assertThat(forms.users(bank.project(), form(), cell, NOW)).hasSize((int) count.users());
  }

  private static void requireUsers(ExposureCell cell, Exposure.Count count) {
    assertThat(exposures.users(bank.project(), exposure(), cell, NOW)).hasSize((int) count.users());
  }

  private static void question(long user, String time, String form, String id, String action) {
    bank.event(
        key++,
        user,
        "form_question",
        "2026-03-02T" + time + "Z",
        "form_id",
        form,
        "question_id",
        id,
        "action",
        action);
  }

  private static FormQuery form() {
    return new FormQuery(
        scope(),
        loan("form_question"),
        loan("form_submit"),
        new Column.Property("question_id"),
        new Column.Property("action"),
        new FormQuery.Actions("focus", "change", "blur"),
        SessionRule.USUAL);
  }

  private static EventSelector loan(String name) {
    return new EventSelector(
        name,
        List.of(
            new PropertyFilter(
                "form_id", new Comparison(Operator.EQUAL, List.of(new Value.Text("loan"))))));
  }

  private static ExposureQuery exposure() {
    return new ExposureQuery(
        scope(),
        new ExposureQuery.Pages(
            EventSelector.named("view"),
            EventSelector.named("scroll"),
            new Column.Property("page"),
            new Column.Property("depth")),
        new ExposureQuery.Elements(
            EventSelector.named("seen"),
            EventSelector.named("clicked"),
            new Column.Property("element")),
        SessionRule.USUAL);
  }

  private static Scope scope() {
    return new Scope(
        new TimeRange(Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-03T00:00:00Z")),
        ZoneId.of("UTC"),
        null);
  }
}
