package io.tenure.segment.domain.form;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import java.util.List;

/**
 * Asks how a form is filled in. Only which question was touched when is read, never an answer.
 *
 * @param scope fillings must begin in its range
 * @param question events of the form's questions
 * @param submit events that end a filling with success
 * @param questionProperty has the question's id
 * @param actionProperty has what happens to it
 * @param actions the texts it has
 * @param rule when a filling without a submission is over
 */
public record FormQuery(
    Scope scope,
    EventSelector question,
    EventSelector submit,
    Column.Property questionProperty,
    Column.Property actionProperty,
    Actions actions,
    SessionRule rule)
    implements Question {

  static final int QUESTION = 1;
  static final int SUBMIT = 2;

  /** What happens to a question; every other text only says that it was shown. */
  public record Actions(String focus, String change, String blur) {

    /** Accepts three different texts. */
    public Actions {
      if (focus.equals(change) || focus.equals(blur) || change.equals(blur)) {
        throw new IllegalArgumentException("The actions must have different texts");
      }
    }
  }

  JourneyQuery journeys() {
    return JourneyQuery.of(
            scope.population(),
            JourneyQuery.reach(scope.range(), rule.longest(), rule.longest()),
            List.of(question, submit),
            false,
            new JourneyQuery.Entry(QUESTION, scope.range()),
            true)
        .with(JourneyQuery.Attributes.coded(List.of(questionProperty, actionProperty)));
  }
}
