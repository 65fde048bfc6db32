package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.Value;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.FormCount;
import io.tenure.proto.analysis.v1.FormQuestion;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.form.FormCell;
import io.tenure.segment.domain.form.FormCell.Figure;
import io.tenure.segment.domain.form.FormLens;
import io.tenure.segment.domain.form.FormLenses;
import io.tenure.segment.domain.form.FormQuery;
import io.tenure.segment.domain.journey.Column;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The door to form lenses. */
@Component
public final class FormDoor implements ModelDoor<FormQuery, FormLens, FormCell> {

  private static final String PATH = "query.form";

  private final FormLenses forms;

  /** A door to the given lenses. */
  public FormDoor(FormLenses forms) {
    this.forms = forms;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.FORM;
  }

  @Override
  public FormLenses model() {
    return forms;
  }

  @Override
  public FormQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getForm();
    if (asked.getFormId().isEmpty()) {
      throw Failure.invalid(PATH + ".form_id", "is required");
    }
    PropertyFilter form =
        at(
            PATH + ".form_property",
            () ->
                new PropertyFilter(
                    or(asked.getFormProperty(), "form_id"),
                    new Comparison(Operator.EQUAL, List.of(new Value.Text(asked.getFormId())))));
    EventSelector question =
        asked.hasQuestion()
            ? ConditionReader.selector(PATH + ".question", asked.getQuestion())
            : EventSelector.named("form_question");
    EventSelector submit =
        asked.hasSubmit()
            ? ConditionReader.selector(PATH + ".submit", asked.getSubmit())
            : EventSelector.named("form_submit");
    FormQuery.Actions actions =
        at(
            PATH + ".focus_action",
            () ->
                new FormQuery.Actions(
                    or(asked.getFocusAction(), "focus"),
                    or(asked.getChangeAction(), "change"),
                    or(asked.getBlurAction(), "blur")));
    return new FormQuery(
        scope,
        at(PATH + ".question", () -> of(form, question)),
        at(PATH + ".submit", () -> of(form, submit)),
        property(PATH + ".question_property", asked.getQuestionProperty(), "question_id"),
        property(PATH + ".action_property", asked.getActionProperty(), "action"),
        actions,
        SessionReader.read(PATH + ".cut", asked.getCut()));
  }

  @Override
  public FormCell cell(AnalysisCell cell, FormQuery question) {
    var named = cell.getForm();
    Figure figure =
        switch (named.getFigure()) {
          case FORM_FIGURE_STARTED -> Figure.STARTED;
          case FORM_FIGURE_SUBMITTED -> Figure.SUBMITTED;
          case FORM_FIGURE_ABANDONED -> Figure.ABANDONED;
          case FORM_FIGURE_OPEN -> Figure.OPEN;
          case FORM_FIGURE_SHOWN -> Figure.SHOWN;
          case FORM_FIGURE_ANSWERED -> Figure.ANSWERED;
          case FORM_FIGURE_EDITED -> Figure.EDITED;
          case FORM_FIGURE_RETURNED -> Figure.RETURNED;
          case FORM_FIGURE_UNSPECIFIED, UNRECOGNIZED ->
              throw Failure.invalid("cell.form.figure", "is required");
        };
    return new FormCell(figure, named.hasQuestion() ? LabelReader.read(named.getQuestion()) : null);
  }

  @Override
  public void write(AnalysisQuery query, FormLens lens, AnalysisResult.Builder result) {
    var message =
        result
            .getFormBuilder()
            .setBegun(count(lens.begun()))
            .setSubmitted(count(lens.submitted()))
            .setAbandoned(count(lens.abandoned()))
            .setOpen(count(lens.open()));
    if (lens.submitTime() != null) {
      message.setSubmitTime(LabelReader.write(lens.submitTime()));
    }
    lens.questions().forEach(question -> message.addQuestions(question(question)));
  }

  private static FormQuestion question(FormLens.Question question) {
    FormQuestion.Builder message =
        FormQuestion.newBuilder()
            .setQuestion(LabelReader.write(question.label()))
            .setShown(count(question.shown()))
            .setStarted(count(question.started()))
            .setAnswered(count(question.answered()))
            .setEdits(count(question.edits()))
            .setReturns(count(question.returns()))
            .setAbandoned(count(question.abandoned()))
            .setAbandonRate(question.abandonRate());
    if (question.time() != null) {
      message.setTime(LabelReader.write(question.time()));
    }
    return message.build();
  }

  private static FormCount count(FormLens.Count count) {
    return FormCount.newBuilder().setTimes(count.times()).setUsers(count.users()).build();
  }

  private static EventSelector of(PropertyFilter form, EventSelector selector) {
    List<PropertyFilter> filters = new ArrayList<>(List.of(form));
    filters.addAll(selector.filters());
    return new EventSelector(selector.name(), filters);
  }

  private static Column.Property property(String path, String name, String otherwise) {
    return at(path, () -> new Column.Property(or(name, otherwise)));
  }

  private static String or(String given, String otherwise) {
    return given.isEmpty() ? otherwise : given;
  }
}
