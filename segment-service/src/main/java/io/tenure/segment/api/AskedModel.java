package io.tenure.segment.api;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Answered;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.Table;

/** A model with the question it is asked, whatever model it is. */
final class AskedModel<Q extends Question, A extends Answer, C> {

  private final ModelDoor<Q, A, C> door;
  private final AnalysisQuery query;
  private final Q question;

  AskedModel(ModelDoor<Q, A, C> door, AnalysisQuery query, Q question) {
    this.door = door;
    this.query = query;
    this.question = question;
  }

  AnalysisQuery query() {
    return query;
  }

  Scope scope() {
    return question.scope();
  }

  Table table(Analyses analyses, Run run, ProjectId project) {
    return analyses.answer(run, project, door.model(), question).table();
  }

  AnalysisResult result(Analyses analyses, Run run, ProjectId project, String version) {
    Answered<A> answered = analyses.run(run, project, door.model(), question, version);
    AnalysisResult.Builder result =
        AnalysisResult.newBuilder()
            .setFreshness(AnalysisWriter.freshness(answered, question.scope()));
    door.write(query, answered.answer(), result);
    return result.build();
  }

  long[] users(Analyses analyses, Run run, ProjectId project, AnalysisCell cell) {
    if (cell.getModelCase().getNumber() != query.getModelCase().getNumber()) {
      throw Failure.invalid("cell", "must be of the model that is asked");
    }
    return analyses.users(run, project, door.model(), question, door.cell(cell, question));
  }

  long estimate(Analyses analyses, ProjectId project) {
    return analyses.estimate(project, door.model(), question);
  }
}
