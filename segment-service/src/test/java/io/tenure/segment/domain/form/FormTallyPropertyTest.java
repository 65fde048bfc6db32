package io.tenure.segment.domain.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.form.FormCell.Figure;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fillings of a user against an evaluator that asks each question anew for each number. */
final class FormTallyPropertyTest {

  private static final List<String> QUESTIONS = List.of("a", "b");
  private static final List<String> ACTIONS = List.of("focus", "change", "blur", "show");
  private static final int SUBMIT = 9;

  /** A question from 1 and an action from 1; a submission has the action 9. */
  private record Event(long time, int question, int action) {
    boolean touches() {
      return action == 1 || action == 2;
    }
  }

  @Test
  void countsAgreeWithTheNaiveEvaluator() {
    FormQuery query =
        new FormQuery(
            new Scope(
                new TimeRange(Instant.ofEpochMilli(3), Instant.ofEpochMilli(20)),
                ZoneId.of("UTC"),
                null),
            EventSelector.named("Q"),
            EventSelector.named("S"),
            new Column.Property("q"),
            new Column.Property("a"),
            new FormQuery.Actions("focus", "change", "blur"),
            new SessionRule(Duration.ofMillis(3), Duration.ofMillis(9)));
    Property.forAll(
        5_000,
        histories(),
        events -> {
          FormTally tally =
              new FormTally(
                  query,
                  List.of(new Dictionary(QUESTIONS), new Dictionary(ACTIONS)),
                  Instant.ofEpochMilli(18));
          tally.visit(journey(events));
          FormLens found = tally.result();
          List<List<Event>> fillings = fillings(events);
          assertThat(found.begun().times()).isEqualTo(fillings.size());
          assertThat(found.submitted().times())
              .isEqualTo(fillings.stream().filter(FormTallyPropertyTest::isSubmitted).count());
          assertThat(found.open().times())
              .isEqualTo(fillings.stream().filter(it -> isOpen(it, events)).count());
          assertThat(found.abandoned().times())
              .isEqualTo(found.begun().times() - found.submitted().times() - found.open().times());
          for (FormLens.Question question : found.questions()) {
            int number = QUESTIONS.indexOf(question.label().text()) + 1;
            long[] naive = new long[6];
            for (List<Event> filling : fillings) {
              add(naive, filling, number, events);
            }
            assertThat(
                    new long[] {
                      question.started().times(),
                      question.answered().times(),
                      question.edits().times(),
                      question.returns().times(),
                      question.abandoned().times(),
                      question.time() == null
                          ? 0
                          : question
                              .time()
                              .mean()
                              .multipliedBy(question.time().samples())
                              .plusNanos(500)
                              .toMillis()
                    })
                .isEqualTo(naive);
            assertThat(tally.isBehind(new FormCell(Figure.STARTED, question.label())))
                .isEqualTo(question.started().users() == 1);
          }
        });
  }

  private static void add(long[] sums, List<Event> filling, int question, List<Event> events) {
    List<Event> touches = filling.stream().filter(Event::touches).toList();
    long answers =
        touches.stream().filter(e -> e.question() == question && e.action() == 2).count();
    sums[0] += touches.stream().anyMatch(e -> e.question() == question) ? 1 : 0;
    sums[1] += answers > 0 ? 1 : 0;
    sums[2] += Math.max(0, answers - 1);
    for (int index = 1; index < touches.size(); index++) {
      boolean before = touches.subList(0, index).stream().anyMatch(e -> e.question() == question);
      sums[3] +=
          touches.get(index).question() == question
                  && touches.get(index - 1).question() != question
                  && before
              ? 1
              : 0;
    }
    if (!isSubmitted(filling) && !isOpen(filling, events)) {
      Event last = touches.isEmpty() ? filling.getLast() : touches.getLast();
      sums[4] += last.question() == question ? 1 : 0;
    }
    // Between two events time is spent on a question if it was touched last and not left since.
    for (int index = 0; index + 1 < filling.size(); index++) {
      int on = 0;
      for (Event event : filling.subList(0, index + 1)) {
        on =
            event.touches()
                ? event.question()
                : event.action() == 3 && event.question() == on ? 0 : on;
      }
      sums[5] += on == question ? filling.get(index + 1).time() - filling.get(index).time() : 0;
    }
  }

  private static boolean isSubmitted(List<Event> filling) {
    return filling.getLast().action() == SUBMIT;
  }

  private static boolean isOpen(List<Event> filling, List<Event> events) {
    return !isSubmitted(filling)
        && filling.getLast() == events.getLast()
        && filling.getLast().time() + 3 >= 18
        && filling.getFirst().time() + 9 > 18;
  }

  private static List<List<Event>> fillings(List<Event> events) {
    List<List<Event>> fillings = new ArrayList<>();
    for (Event event : events) {
      boolean begins = fillings.isEmpty();
      if (!begins) {
        List<Event> filling = fillings.getLast();
        begins =
            isSubmitted(filling)
                || event.time() - filling.getLast().time() > 3
                || event.time() - filling.getFirst().time() >= 9;
      }
      if (begins) {
        fillings.add(new ArrayList<>());
      }
      fillings.getLast().add(event);
    }
    return fillings.stream()
        .filter(
            filling ->
                filling.getFirst().time() >= 3
                    && filling.getFirst().time() < 20
                    && filling.getFirst().action() != SUBMIT)
        .toList();
  }

  private static Journey journey(List<Event> events) {
    return JourneyFixture.journey(
        2,
        events.stream().mapToLong(event -> event.time() << 2 | (event.action() == SUBMIT ? 2 : 1)),
        new int[][] {
          events.stream().mapToInt(Event::question).toArray(),
          events.stream().mapToInt(Event::action).toArray()
        },
        new int[0][]);
  }

  private static Generator<List<Event>> histories() {
    List<Event> kinds = new ArrayList<>();
    for (long time = 1; time < 19; time++) {
      for (int question = 1; question < 3; question++) {
        for (int action = 1; action < 5; action++) {
          kinds.add(new Event(time, question, action));
        }
      }
      kinds.add(new Event(time, 1, SUBMIT));
    }
    // An event is told by itself, so each is one of its own.
    return Generator.lists(Generator.of(kinds), 10)
        .map(
            events ->
                events.stream()
                    .map(e -> new Event(e.time(), e.question(), e.action()))
                    .sorted(Comparator.comparingLong(Event::time))
                    .toList(),
            events -> Stream.of(events).flatMap(List::stream).toList());
  }
}
